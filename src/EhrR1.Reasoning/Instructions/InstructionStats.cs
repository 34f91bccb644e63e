using System.Text.Json.Nodes;

namespace EhrR1.Reasoning;

/// <summary>What an instruction set holds, counted from its files; the parts on chains are there where a teacher wrote some.</summary>
public sealed record InstructionStats
{
    /// <summary>What the cases teach: <c>direct</c>, <c>reasoning</c> or <c>rl</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many cases there are.</summary>
    public required long Cases { get; init; }

    /// <summary>What counted the tokens.</summary>
    public required string TokensBy { get; init; }

    /// <summary>The tokens of all cases.</summary>
    public required TokenStats Tokens { get; init; }

    /// <summary>Each task, in the catalogue's order.</summary>
    public required IReadOnlyList<TaskStats> Tasks { get; init; }

    /// <summary>How many samples were left after each step on the way to the cases; <see langword="null"/> where there are no steps.</summary>
    public JsonObject? Attrition { get; init; }

    /// <summary>What the cases cost; <see langword="null"/> where nothing was paid.</summary>
    public JsonObject? Cost { get; init; }
}
