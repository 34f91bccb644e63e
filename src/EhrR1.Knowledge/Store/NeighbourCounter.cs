namespace EhrR1.Knowledge;

/// <summary>Counts how many different concepts each concept is joined to, from its relations as they stand sorted from both ends.</summary>
/// <param name="concepts">How many concepts there are.</param>
/// <param name="from">The relations from the subjects, in order; repeated ones do no harm.</param>
internal sealed class NeighbourCounter(int concepts, IEnumerable<Edge> from)
{
    private readonly int[] _counts = new int[concepts];
    private readonly IEnumerator<Edge> _from = from.GetEnumerator();
    private (int Near, int Far) _last = (-1, -1);
    private bool _hasMore = true;
    private bool _isBegun;

    /// <summary>Takes the next relation from an object, in order.</summary>
    public void Take(Edge to)
    {
        CatchUp((to.Near, to.Far));
        Count((to.Near, to.Far));
    }

    /// <summary>The counts, once all relations from the objects were taken.</summary>
    public int[] Finish()
    {
        CatchUp((int.MaxValue, int.MaxValue));
        _from.Dispose();
        return _counts;
    }

    private void CatchUp((int Near, int Far) until)
    {
        if (!_isBegun)
            _hasMore = _from.MoveNext();
        _isBegun = true;
        while (_hasMore && (_from.Current.Near, _from.Current.Far).CompareTo(until) <= 0)
        {
            Count((_from.Current.Near, _from.Current.Far));
            _hasMore = _from.MoveNext();
        }
    }

    private void Count((int Near, int Far) pair)
    {
        if (pair == _last)
            return;
        _last = pair;
        _counts[pair.Near]++;
    }
}
