namespace EhrR1.Charts;

/// <summary>Where a patient's chart lies and how large it is.</summary>
/// <param name="SubjectId">The patient's id.</param>
/// <param name="Shard">The shard that holds the chart.</param>
/// <param name="Events">The number of events, the demographics included.</param>
/// <param name="Items">The number of items.</param>
/// <param name="Types">The event types in the chart: a bit for each <see cref="EventType.Rank"/>.</param>
public readonly record struct ChartSubject(long SubjectId, int Shard, int Events, int Items, int Types)
{
    /// <summary>Whether the chart has an event of a type.</summary>
    public bool Has(EventType type) => (Types & (1 << type.Rank)) != 0;
}
