namespace EhrR1.Ingest;

/// <summary>One table's file in a source folder.</summary>
/// <param name="Table">The table's name, in lower case.</param>
/// <param name="Path">The file's full path.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record SourceFile(string Table, string Path, long Bytes)
{
    /// <summary>Whether the file is compressed with gzip.</summary>
    public bool IsGzip => Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
