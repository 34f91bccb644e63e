using System.Text.Json.Serialization;

namespace EhrR1.Knowledge;

/// <summary>A fact of the record that bears on the answer, and the event that it comes from.</summary>
/// <param name="Term">The fact as the record has it.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Concept">The identifier of the concept that it names.</param>
/// <param name="Name">The concept's name.</param>
/// <param name="Event">The type of the event: of several, the last one before the question.</param>
/// <param name="Time">The event's time, as its heading in the input has it; <see langword="null"/> where the source has none.</param>
/// <param name="Position">The event's place in its chart.</param>
/// <param name="Events">How many of the sample's events hold the fact.</param>
/// <param name="Spelling">For a concept that free text names, the words that stand there where they are others than <paramref name="Term"/>: "SOB" for dyspnea; else <see langword="null"/>.</param>
public sealed record GraphFact(
    string Term, TermKind Kind, string Concept, string Name, string Event, DateTime? Time, int Position, int Events,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Spelling = null)
{
    /// <summary>The fact as the event's own text has it.</summary>
    public string Text => Spelling ?? Term;
}
