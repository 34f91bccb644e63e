using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>A file of runs of values, for what does not fit memory; it is made with the first run and deleted when closed.</summary>
/// <remarks>Not thread-safe; of the runs that are being read at the same time each has a buffer of its own.</remarks>
internal sealed class SpillFile<T>(string path) : IDisposable where T : unmanaged
{
    private const int BufferBytes = 1 << 18;

    private readonly List<(long Start, long Count)> _runs = [];
    private FileStream? _file;

    /// <summary>How many runs there are.</summary>
    public int Runs => _runs.Count;

    /// <summary>Writes a run that is held in memory.</summary>
    /// <exception cref="EhrR1Exception">The disk is full or the place cannot be written.</exception>
    public void Add(ReadOnlySpan<T> values)
    {
        try
        {
            long start = Begin();
            _file!.Write(MemoryMarshal.AsBytes(values));
            _runs.Add((start, values.Length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ScratchFile.Unwritable(path, e);
        }
    }

    /// <summary>Writes a run that is made as it is written.</summary>
    /// <inheritdoc cref="Add(ReadOnlySpan{T})"/>
    public void Add(IEnumerable<T> values)
    {
        try
        {
            long start = Begin(), count = 0;
            foreach (var portion in values.Chunk(PortionOf(int.MaxValue)))
            {
                _file!.Write(MemoryMarshal.AsBytes<T>(portion));
                count += portion.Length;
            }

            _runs.Add((start, count));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ScratchFile.Unwritable(path, e);
        }
    }

    /// <summary>The values of a run, in the order in which they were written.</summary>
    public IEnumerable<T> Read(int run)
    {
        var (start, count) = _runs[run];
        var buffer = new T[PortionOf(count)];
        for (long read = 0; read < count;)
        {
            int portion = (int)Math.Min(buffer.Length, count - read);
            var bytes = MemoryMarshal.AsBytes(buffer.AsSpan(0, portion));
            _file!.Position = start + (read * (bytes.Length / portion));
            _file.ReadExactly(bytes);
            read += portion;
            for (int i = 0; i < portion; i++)
                yield return buffer[i];
        }
    }

    /// <summary>Closes the file, which deletes it.</summary>
    public void Dispose() => _file?.Dispose();

    private static unsafe int PortionOf(long count) => (int)Math.Min(count, BufferBytes / sizeof(T));

    private long Begin()
    {
        _file ??= ScratchFile.Open(path);
        return _file.Seek(0, SeekOrigin.End);
    }
}
