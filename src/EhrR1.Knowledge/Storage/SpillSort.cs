namespace EhrR1.Knowledge;

/// <summary>Sorts values that may outgrow memory: full buffers are sorted and spilled to a file, and merged when read.</summary>
/// <param name="spillPath">The file to spill to; it is made when it is needed and deleted afterwards.</param>
/// <param name="capacity">How many values are held in memory.</param>
/// <remarks>Equal values come as often as they were added. Not thread-safe.</remarks>
internal sealed class SpillSort<T>(string spillPath, int capacity) : IDisposable where T : unmanaged, IComparable<T>
{
    private readonly SpillFile<T> _spilled = new(spillPath);
    private T[] _buffer = new T[Math.Min(capacity, 1024)];
    private int _held;

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
        var held = _buffer.Take(_held);
        return _spilled.Runs == 0 ? held : SortedMerge.Of(Enumerable.Range(0, _spilled.Runs).Select(_spilled.Read).Append(held));
    }

    public void Dispose()
    {
        _spilled.Dispose();
        _buffer = [];
        _held = 0;
    }

    private void Spill()
    {
        var held = _buffer.AsSpan(0, _held);
        held.Sort();
        _spilled.Add(held);
        _held = 0;
    }
}
