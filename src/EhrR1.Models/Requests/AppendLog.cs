using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>A file of JSON lines that only grows: each record is there whole once <see cref="Append"/> has returned, whatever is killed afterwards.</summary>
/// <remarks>
/// Against the loss of power it holds up to what was appended in the last second or so, since the disk is told to write about once a second and at the end.
/// A line that was cut off by a kill is removed when the log is opened again. One process writes at a time (<c>&lt;log&gt;.lock</c> is held while it is open);
/// <see cref="Append"/> is safe for use by any number of threads.
/// </remarks>
/// <typeparam name="T">The record, written in snake_case.</typeparam>
public sealed class AppendLog<T> : IDisposable
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly TimeSpan _longestInMemory = TimeSpan.FromSeconds(1);
    private readonly FileStream _file;
    private readonly FileStream _held;
    private readonly Lock _writing = new();
    private long _onDisk = TimeProvider.System.GetTimestamp();

    private AppendLog(FileStream file, FileStream held) => (_file, _held) = (file, held);

    /// <summary>Opens a log for appending, or starts it; a torn last line is removed.</summary>
    /// <exception cref="EhrR1Exception">The file cannot be written, or another process writes to it.</exception>
    public static AppendLog<T> Open(string path)
    {
        FileStream? held = null;
        try
        {
            // A lock on the log itself would keep readers out too, or on Unix nobody.
            held = new FileStream(path + ".lock", OwnersOnly(FileShare.None));
            var file = new FileStream(path, OwnersOnly(FileShare.Read));
            var end = EndOfWholeLines(file);
            file.SetLength(end);
            file.Position = end;
            return new AppendLog<T>(file, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new EhrR1Exception($"The log cannot be written: {e.Message}", path, "Wait until no other process writes to it, or choose another folder", e);
        }
    }

    /// <summary>Reads the whole lines of a log; a file that is missing has none, a torn last line is passed over.</summary>
    /// <exception cref="EhrR1Exception">A line before the last is damaged.</exception>
    public static IEnumerable<T> Read(string path) => ReadPlaced(path).Select(r => r.Record);

    /// <summary>Reads the whole lines of a log with their places, for <see cref="ReadAt"/>.</summary>
    /// <exception cref="EhrR1Exception">A line before the last is damaged.</exception>
    public static IEnumerable<(LogPlace Place, T Record)> ReadPlaced(string path)
    {
        if (!File.Exists(path))
            yield break;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        var length = EndOfWholeLines(file);
        file.Position = 0;
        using var reader = new StreamReader(file);
        long read = 0, number = 0;
        while (read < length && reader.ReadLine() is { } line)
        {
            number++;
            var place = new LogPlace(read, System.Text.Encoding.UTF8.GetByteCount(line));
            read += place.Length + 1;
            yield return (place, Parse(line, path, number));
        }
    }

    /// <summary>Appends a record as one line and hands it to the operating system.</summary>
    /// <returns>Where it stands.</returns>
    /// <exception cref="EhrR1Exception">The disk is full or the file cannot be written.</exception>
    public LogPlace Append(T record)
    {
        using var line = new MemoryStream();
        JsonSerializer.Serialize(line, record, _json);
        line.WriteByte((byte)'\n');
        try
        {
            lock (_writing)
            {
                var place = new LogPlace(_file.Position, (int)line.Length - 1);
                _file.Write(line.GetBuffer(), 0, (int)line.Length);
                if (TimeProvider.System.GetElapsedTime(_onDisk) >= _longestInMemory)
                {
                    _file.Flush(flushToDisk: true);
                    _onDisk = TimeProvider.System.GetTimestamp();
                }

                return place;
            }
        }
        catch (IOException e)
        {
            throw new EhrR1Exception($"The log cannot be written: {e.Message}", _file.Name, "Free disk space and run the command again; what is finished is kept", e);
        }
    }

    /// <summary>Reads one record again.</summary>
    /// <param name="place">Where it stands.</param>
    /// <exception cref="EhrR1Exception">The line is damaged.</exception>
    public T ReadAt(LogPlace place)
    {
        var line = new byte[place.Length];
        var read = RandomAccess.Read(_file.SafeFileHandle, line, place.Offset);
        return Parse(System.Text.Encoding.UTF8.GetString(line.AsSpan(0, read)), _file.Name, null);
    }

    /// <summary>Has the disk write what it still holds, and closes the file.</summary>
    public void Dispose()
    {
        try
        {
            if (_file.CanWrite)
                _file.Flush(flushToDisk: true);
        }
        finally
        {
            _file.Dispose();
            _held.Dispose();
        }
    }

    private static FileStreamOptions OwnersOnly(FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static long EndOfWholeLines(FileStream file)
    {
        var buffer = new byte[1 << 16];
        for (var end = file.Length; end > 0;)
        {
            var start = Math.Max(0, end - buffer.Length);
            file.Position = start;
            var block = buffer.AsSpan(0, (int)(end - start));
            file.ReadExactly(block);
            var newline = block.LastIndexOf((byte)'\n');
            if (newline >= 0)
                return start + newline + 1;
            end = start;
        }

        return 0;
    }

    private static T Parse(string line, string path, long? number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, _json) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception("A line of the log is damaged", number is null ? path : $"{path}, line {number}", "Delete the line; what it held is asked again", e);
        }
    }
}
