using System.IO.Compression;
using System.Text.Unicode;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Reads a text file line by line as UTF-8, compressed with gzip or not, and knows where it is.</summary>
/// <remarks>A carriage return before the line feed and a byte order mark are left out. Not thread-safe.</remarks>
internal sealed class ByteLines : IDisposable
{
    private const int MostLineBytes = 1 << 26;

    private readonly FileStream _file;
    private readonly Stream _content;
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;
    private long _unpacked;

    public ByteLines(string path)
    {
        Path = path;
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The file cannot be read: {e.Message}", path, "Check the folder's name and that you may read what is in it", e);
        }

        _content = IsGzip ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    public string Path { get; }

    /// <summary>The number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    private bool IsGzip => Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the next line; it is valid until the one after.</summary>
    /// <exception cref="EhrR1Exception">The file is damaged or cut short, or the line is not UTF-8.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int seen = 0;
        while (true)
        {
            int feed = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = Take(seen + feed, 1);
                return true;
            }

            seen = _end - _start;
            if (_ended)
            {
                line = seen > 0 ? Take(seen, 0) : default;
                return seen > 0;
            }

            Fill();
        }
    }

    /// <summary>An error in the line read last.</summary>
    public EhrR1Exception Error(string what, string whatToDo) => new(what, $"{Path}, line {Line}", whatToDo);

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Take(int length, int feed)
    {
        var line = _buffer.AsSpan(_start, length);
        _start += length + feed;
        Line++;
        if (Line == 1 && line.StartsWith("\uFEFF"u8))
            line = line[3..];
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        if (!Utf8.IsValid(line))
            throw Error("The line is not UTF-8", "Convert the file to UTF-8, or get it anew");
        return line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MostLineBytes)
                throw new EhrR1Exception("A line is longer than 64 MiB", $"{Path}, line {Line + 1}", "Check that this is the text file that its name says");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        int read;
        try
        {
            read = _content.Read(_buffer.AsSpan(_end));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Damaged(e);
        }

        _end += read;
        _unpacked += read;
        _ended = read == 0;
        // The unpacker takes a file that is cut short for one that ended.
        if (_ended && IsGzip && !GzipEnd.IsWhole(Path, _unpacked))
            throw Damaged(null);
    }

    private EhrR1Exception Damaged(Exception? e) =>
        new("The compressed file is damaged or cut short", $"{Path}, after line {Line}", "Get the file anew; 'gzip -t' checks it", e);
}
