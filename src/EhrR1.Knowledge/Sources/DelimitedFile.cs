using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Reads a table with a header, its columns apart by tabs or commas; a field may stand in quotes, with doubled ones for a quote itself.</summary>
/// <remarks>A field ends on the line on which it begins. Not thread-safe.</remarks>
internal sealed class DelimitedFile : IDisposable
{
    private readonly ByteLines _lines;
    private readonly byte _delimiter;
    private readonly List<string> _columns = [];
    private readonly List<int> _ends = [];
    private byte[] _row = new byte[1 << 12];

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="EhrR1Exception">The file cannot be read, or it is empty.</exception>
    public DelimitedFile(string path, char delimiter)
    {
        _delimiter = (byte)delimiter;
        _lines = new ByteLines(path);
        if (!Split())
            throw new EhrR1Exception("The table is empty", path, "It must begin with a line that names its columns");
        for (int i = 0; i < _ends.Count; i++)
            _columns.Add(Encoding.UTF8.GetString(this[i]));
    }

    public long Line => _lines.Line;

    /// <summary>A field of the row read last.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            int start = column == 0 ? 0 : _ends[column - 1];
            return _row.AsSpan(start, _ends[column] - start);
        }
    }

    /// <summary>The place of a column.</summary>
    /// <exception cref="EhrR1Exception">There is no such column.</exception>
    public int Column(string name)
    {
        int column = _columns.IndexOf(name);
        return column >= 0 ? column : throw new EhrR1Exception($"The table has no column {name}", $"{_lines.Path}, line 1", $"Its columns are {string.Join(", ", _columns)}: name one of them in sources.json");
    }

    /// <summary>Reads the next row; empty lines are passed over.</summary>
    /// <exception cref="EhrR1Exception">The row has more or fewer fields than the header, or a quote is not closed.</exception>
    public bool TryRead()
    {
        do
        {
            if (!Split())
                return false;
        }
        while (_ends.Count == 1 && _ends[0] == 0 && _columns.Count > 1);
        return _ends.Count == _columns.Count ? true : throw _lines.Error($"The row has {_ends.Count} fields instead of {_columns.Count}", "Check that the file is whole, and that its kind in sources.json is right");
    }

    public void Dispose() => _lines.Dispose();

    private bool Split()
    {
        if (!_lines.TryRead(out var line))
            return false;
        if (_row.Length < line.Length)
            _row = new byte[line.Length * 2];
        _ends.Clear();
        int written = 0;
        for (int at = 0; ; at++)
        {
            if (at < line.Length && line[at] == '"')
            {
                written = Quoted(line, ref at, written);
            }
            else
            {
                int length = line[at..].IndexOf(_delimiter);
                var field = length < 0 ? line[at..] : line.Slice(at, length);
                field.CopyTo(_row.AsSpan(written));
                written += field.Length;
                at += field.Length;
            }

            _ends.Add(written);
            if (at >= line.Length)
                return true;
            if (line[at] != _delimiter)
                throw _lines.Error("Text follows a closing quote", "A quote within a quoted field is written twice");
        }
    }

    private int Quoted(ReadOnlySpan<byte> line, ref int at, int written)
    {
        for (at++; ; at++)
        {
            if (at >= line.Length)
                throw _lines.Error("A quote is not closed", "A field must end on the line on which it begins");
            if (line[at] == '"')
            {
                at++;
                if (at >= line.Length || line[at] != '"')
                    return written;
            }

            _row[written++] = line[at];
        }
    }
}
