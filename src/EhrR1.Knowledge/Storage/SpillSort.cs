using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Sorts values that may outgrow memory: full buffers are sorted and spilled to a file, and merged when read.</summary>
/// <param name="spillPath">The file to spill to; it is made when it is needed and deleted afterwards.</param>
/// <param name="capacity">How many values are held in memory.</param>
/// <remarks>Equal values come as often as they were added. Not thread-safe.</remarks>
internal sealed class SpillSort<T>(string spillPath, int capacity) : IDisposable where T : unmanaged, IComparable<T>
{
    private const int MergeBuffer = 1 << 16;

    private readonly List<(long Start, int Count)> _runs = [];
    private T[] _buffer = new T[Math.Min(capacity, 1024)];
    private int _held;
    private FileStream? _spill;

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    public void Add(T value)
    {
        if (_held == _buffer.Length)
        {
            if (_held < capacity)
                Array.Resize(ref _buffer, (int)Math.Min(capacity, _held * 2L));
            else
                Spill();
        }

        _buffer[_held++] = value;
        Count++;
    }

    /// <summary>All values in order. Can be read several times; more may be added between, not during.</summary>
    public IEnumerable<T> Sorted()
    {
        _buffer.AsSpan(0, _held).Sort();
        return _runs.Count == 0 ? _buffer.Take(_held) : Merged();
    }

    public void Dispose()
    {
        _spill?.Dispose();
        _spill = null;
        _buffer = [];
        _held = 0;
    }

    private void Spill()
    {
        _buffer.AsSpan(0, _held).Sort();
        try
        {
            _spill ??= OpenSpill();
            _runs.Add((_spill.Length, _held));
            _spill.Position = _spill.Length;
            _spill.Write(MemoryMarshal.AsBytes(_buffer.AsSpan(0, _held)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The file of intermediate results cannot be written: {e.Message}", spillPath, "Free disk space or give more memory, then run the command again", e);
        }

        _held = 0;
    }

    private FileStream OpenSpill()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(spillPath, options);
    }

    private IEnumerable<T> Merged()
    {
        var queue = new PriorityQueue<IEnumerator<T>, T>();
        foreach (var run in _runs.Select(Run).Append(_buffer.Take(_held)))
        {
            var values = run.GetEnumerator();
            if (values.MoveNext())
                queue.Enqueue(values, values.Current);
        }

        while (queue.TryPeek(out var least, out var value))
        {
            yield return value;
            if (least.MoveNext())
                queue.DequeueEnqueue(least, least.Current);
            else
                queue.Dequeue();
        }
    }

    private IEnumerable<T> Run((long Start, int Count) run)
    {
        var buffer = new T[Math.Min(MergeBuffer, run.Count)];
        for (int read = 0; read < run.Count;)
        {
            int portion = Math.Min(buffer.Length, run.Count - read);
            var bytes = MemoryMarshal.AsBytes(buffer.AsSpan(0, portion));
            _spill!.Position = run.Start + ((long)read * (bytes.Length / portion));
            _spill.ReadExactly(bytes);
            read += portion;
            for (int i = 0; i < portion; i++)
                yield return buffer[i];
        }
    }
}
