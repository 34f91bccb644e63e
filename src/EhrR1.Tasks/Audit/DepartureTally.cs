namespace EhrR1.Tasks;

/// <summary>The running numbers of one departure.</summary>
internal sealed class DepartureTally(DepartureDefinition definition)
{
    private readonly long[] _counts = new long[definition.Whats.Length];
    private readonly long[] _wholes = new long[definition.Whats.Length];

    public DepartureDefinition Definition => definition;

    /// <summary>Adds to the number at an index: how many, and of how many.</summary>
    public void Add(int index, long count, long of = 0)
    {
        _counts[index] += count;
        _wholes[index] += of;
    }

    /// <summary>Counts the cases that satisfy a condition among those given.</summary>
    public void Add(int index, IEnumerable<SampleCase> cases, Func<SampleCase, bool> where)
    {
        foreach (var sample in cases)
            Add(index, where(sample) ? 1 : 0, 1);
    }

    public Departure Result() => new(definition.Key, definition.Holds, definition.Point, definition.Why,
        [.. definition.Whats.Select((what, i) => new DepartureCount(what, _counts[i], _wholes[i]))]);
}
