using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Reads one file of UMLS's Rich Release Format: columns that each end in a vertical bar, no header, no quoting.</summary>
/// <remarks>UMLS Reference Manual (NLM), chapter 3, Metathesaurus Rich Release Format. Not thread-safe.</remarks>
internal sealed class RrfFile : IDisposable
{
    private readonly ByteLines _lines;
    private readonly int[] _ends;
    private byte[] _row = new byte[1 << 12];

    /// <summary>Opens the file of a name, or its form compressed with gzip.</summary>
    private RrfFile(string path, int columns)
    {
        _lines = new ByteLines(path);
        _ends = new int[columns];
    }

    public string Path => _lines.Path;

    public long Line => _lines.Line;

    /// <summary>A column of the row read last.</summary>
    public ReadOnlySpan<byte> this[int column] => _row.AsSpan(column == 0 ? 0 : _ends[column - 1] + 1, _ends[column] - (column == 0 ? 0 : _ends[column - 1] + 1));

    /// <summary>Opens a file of a folder; <see langword="null"/> if it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name; compressed with gzip it ends in ".gz".</param>
    /// <param name="columns">How many columns a row has.</param>
    public static RrfFile? Open(string folder, string name, int columns)
    {
        var path = new[] { System.IO.Path.Combine(folder, name), System.IO.Path.Combine(folder, name + ".gz") }.FirstOrDefault(File.Exists);
        return path is null ? null : new RrfFile(path, columns);
    }

    /// <summary>Reads the next row.</summary>
    /// <exception cref="EhrR1Exception">The row has more or fewer columns.</exception>
    public bool TryRead()
    {
        if (!_lines.TryRead(out var line))
            return false;
        if (_row.Length < line.Length)
            _row = new byte[line.Length * 2];
        line.CopyTo(_row);
        int columns = 0;
        for (int at = 0; at < line.Length;)
        {
            int bar = line[at..].IndexOf((byte)'|');
            if (bar < 0)
                throw Wrong("The row does not end in a vertical bar");
            if (columns == _ends.Length)
                throw Wrong($"The row has more than {_ends.Length} columns");
            at += bar;
            _ends[columns++] = at++;
        }

        if (columns < _ends.Length)
            throw Wrong($"The row has {columns} columns instead of {_ends.Length}");
        return true;
    }

    public bool Is(int column, ReadOnlySpan<byte> value) => this[column].SequenceEqual(value);

    public string Text(int column) => Encoding.UTF8.GetString(this[column]);

    public void Dispose() => _lines.Dispose();

    private EhrR1Exception Wrong(string what) => _lines.Error(what, "Check that the file is whole and of UMLS's Rich Release Format, with a vertical bar at the end of each row");
}
