namespace EhrR1.Tasks;

/// <summary>Which samples were drawn.</summary>
/// <remarks>
/// Keeps no ids, only the largest key drawn of each task: a sample is drawn if its key, which is made anew of its id, is not above it.
/// Memory therefore does not grow with the samples. Immutable; safe for use by any number of threads.
/// </remarks>
public sealed class SampleSelection
{
    private readonly DrawRule _rule;
    private readonly IReadOnlyDictionary<DrawGroup, DrawKey> _largest;

    internal SampleSelection(DrawRule rule, IReadOnlyDictionary<DrawGroup, DrawKey> largest, int count)
    {
        _rule = rule;
        _largest = largest;
        Count = count;
    }

    /// <summary>What was asked for.</summary>
    public DrawOptions Options => _rule.Options;

    /// <summary>How many samples were drawn.</summary>
    public int Count { get; }

    /// <summary>Whether a row's sample was drawn.</summary>
    /// <param name="row">A row of the index that was drawn from, with the weight that it was offered with.</param>
    public bool Contains(TaskIndexRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _rule.Considers(row) && _largest.TryGetValue(_rule.GroupOf(row), out var largest) && _rule.KeyOf(row).CompareTo(largest) <= 0;
    }
}
