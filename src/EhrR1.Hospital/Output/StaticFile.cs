namespace EhrR1.Hospital;

/// <summary>A file that is the same for any patients: a dictionary, a code map or a list of relations.</summary>
/// <param name="Path">Its path below the hospital's folder.</param>
/// <param name="Header">Its first line.</param>
/// <param name="Fill">Writes its rows.</param>
internal sealed record StaticFile(string Path, string Header, Action<TableBuffer> Fill)
{
    public long Write(string folder, out TableFile file)
    {
        file = new TableFile(System.IO.Path.Combine(folder, Path), Header);
        var buffer = new TableBuffer();
        Fill(buffer);
        file.Append(Path.EndsWith(".gz", StringComparison.Ordinal) ? DeflatedPiece.Of(buffer.Written) : DeflatedPiece.Plain(buffer.Written));
        return buffer.Rows;
    }
}
