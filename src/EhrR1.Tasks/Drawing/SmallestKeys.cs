namespace EhrR1.Tasks;

/// <summary>The smallest of all keys that were offered, so many at most: a heap with the largest of them on top. Not safe for several threads at once.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class SmallestKeys(int most)
{
    private DrawKey[] _keys = new DrawKey[Math.Min(most, 16)];

    public int Count { get; private set; }

    /// <summary>Offers a key.</summary>
    public void Offer(DrawKey key)
    {
        if (Count < most)
        {
            if (Count == _keys.Length)
                Array.Resize(ref _keys, (int)Math.Min(most, Count * 2L));
            Rise(Count++, key);
        }
        else if (most > 0 && key.CompareTo(_keys[0]) < 0)
        {
            Sink(key);
        }
    }

    /// <summary>The key at a place among the smallest, from 0.</summary>
    public DrawKey SmallestAt(int place)
    {
        if (place == Count - 1)
            return _keys[0];
        var sorted = _keys[..Count];
        sorted.AsSpan().Sort();
        return sorted[place];
    }

    private void Rise(int at, DrawKey key)
    {
        while (at > 0 && key.CompareTo(_keys[(at - 1) / 2]) > 0)
        {
            _keys[at] = _keys[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _keys[at] = key;
    }

    private void Sink(DrawKey key)
    {
        var at = 0;
        while (true)
        {
            var child = (at * 2) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && _keys[child + 1].CompareTo(_keys[child]) > 0)
                child++;
            if (key.CompareTo(_keys[child]) >= 0)
                break;
            _keys[at] = _keys[child];
            at = child;
        }

        _keys[at] = key;
    }
}
