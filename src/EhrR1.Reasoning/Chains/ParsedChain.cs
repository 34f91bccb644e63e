namespace EhrR1.Reasoning;

/// <summary>A chain as <see cref="ChainParser"/> reads it.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed record ParsedChain
{
    /// <summary>The whole text; all places are places in it.</summary>
    public required string Text { get; init; }

    /// <summary>The template that it was read by.</summary>
    public required ChainTemplate Template { get; init; }

    /// <summary>The sections in their order, the template's and others.</summary>
    public required IReadOnlyList<ChainSection> Sections { get; init; }

    /// <summary>The events that it cites, in their order.</summary>
    public required IReadOnlyList<CitedEvent> Events { get; init; }

    /// <summary>What it quotes from the record, in the order of the text.</summary>
    public required IReadOnlyList<QuotedItem> Quotes { get; init; }

    /// <summary>The sentences of its reasoning.</summary>
    public required IReadOnlyList<ReasoningStep> Steps { get; init; }

    /// <summary>The items of its final results, each once.</summary>
    public required IReadOnlyList<ChainItem> FinalItems { get; init; }

    /// <summary>The probability that it ends with, 0 to 1, or <see langword="null"/>.</summary>
    public double? Probability { get; init; }

    /// <summary>The teacher's bad habits in it.</summary>
    public required ChainFault Faults { get; init; }

    internal ChainWord[] Words { get; init; } = [];

    internal IReadOnlyList<TimeMention> Times { get; init; } = [];

    /// <summary>The last section of a kind, or <see langword="null"/>.</summary>
    public ChainSection? Section(ChainSectionKind kind) => Sections.LastOrDefault(s => s.Kind == kind);

    /// <summary>The text of a place.</summary>
    public string TextOf(TextSpan span) => span.Of(Text).ToString();
}
