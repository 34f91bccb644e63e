using System.Collections.Concurrent;

namespace EhrR1.Tasks;

/// <summary>Draws samples without replacement out of a stream of index rows, by weight where the task says so.</summary>
/// <remarks>
/// Each sample gets the key −ln(u) / weight with u from the hash of seed and id; the smallest keys are drawn
/// (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006). The draw therefore does not depend on the order of rows
/// or on threads. Memory holds 16 bytes for each drawn sample until <see cref="Select"/> is called: at most 62 MB with all published caps. Safe for any number of threads.
/// </remarks>
/// <param name="options">What to draw.</param>
public sealed class SampleDraw(DrawOptions options)
{
    private readonly DrawRule _rule = new(options);
    private readonly ConcurrentDictionary<DrawGroup, SmallestKeys> _drawn = new();

    /// <summary>Offers a row to the draw.</summary>
    public void Offer(TaskIndexRow row)
    {
        if (!_rule.Considers(row))
            return;
        var kept = _drawn.GetOrAdd(_rule.GroupOf(row), static (group, rule) => new SmallestKeys(rule.MostOf(group)), _rule);
        var key = _rule.KeyOf(row);
        lock (kept)
            kept.Offer(key);
    }

    /// <summary>What is drawn, of all rows offered so far.</summary>
    public SampleSelection Select()
    {
        var largest = new Dictionary<DrawGroup, DrawKey>();
        var count = 0;
        foreach (var (group, kept) in _drawn)
        {
            var drawn = _rule.IsBalanced(group.Task) ? Math.Min(kept.Count, _drawn.GetValueOrDefault(group.Opposite)?.Count ?? 0) : kept.Count;
            if (drawn == 0)
                continue;
            largest.Add(group, kept.SmallestAt(drawn - 1));
            count += drawn;
        }

        return new SampleSelection(_rule, largest, count);
    }
}
