using EhrR1.Knowledge;

namespace EhrR1.Reasoning;

/// <summary>A fact of a thinking graph with the event of the input that it stands in, and how it is quoted.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Event">The event.</param>
/// <param name="Quote">The fact as the input has it, with value and unit or dose.</param>
/// <param name="Level">Where its value stands to its reference range.</param>
internal sealed record ToldFact(GraphFact Fact, RecordEvent Event, string Quote, RangeLevel Level)
{
    /// <summary>Of a class or category, the item of the record that is of it, in quotes. The default value is none.</summary>
    public string? Member { get; init; }
}
