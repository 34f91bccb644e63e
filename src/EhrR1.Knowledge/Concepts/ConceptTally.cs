using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Counts the terms of charts by event type and field. Not thread-safe; one a shard, added up at the end.</summary>
internal sealed class ConceptTally
{
    public Dictionary<(EventType Type, EventField Field, ChartTerm Term), long> Rows { get; } = [];

    /// <summary>The concepts that free texts assert, by field.</summary>
    public Dictionary<(EventType Type, EventField Field, int Concept), long> Asserted { get; } = [];

    public long Events { get; set; }

    public long EventsWithConcepts { get; set; }

    public long Notes { get; set; }

    public long Mentions { get; set; }

    public long AssertedMentions { get; set; }

    public void Add(ConceptTally other)
    {
        foreach (var (term, rows) in other.Rows)
            CollectionsMarshal.GetValueRefOrAddDefault(Rows, term, out _) += rows;
        foreach (var (concept, mentions) in other.Asserted)
            CollectionsMarshal.GetValueRefOrAddDefault(Asserted, concept, out _) += mentions;
        Events += other.Events;
        EventsWithConcepts += other.EventsWithConcepts;
        Notes += other.Notes;
        Mentions += other.Mentions;
        AssertedMentions += other.AssertedMentions;
    }
}
