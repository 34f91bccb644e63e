namespace EhrR1.Reasoning;

/// <summary>What an instruction set holds, counted from its files; the parts on chains are there where a teacher wrote some.</summary>
public sealed record InstructionStats
{
    /// <summary>What the cases teach: <c>direct</c>, <c>reasoning</c>, <c>rl</c>, or <c>mixed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Cases of each kind.</summary>
    public required IReadOnlyDictionary<string, long> Kinds { get; init; }

    /// <summary>How many cases there are.</summary>
    public required long Cases { get; init; }

    /// <summary>What counted the tokens; <c>unknown</c> where sets differ or do not say.</summary>
    public required string TokensBy { get; init; }

    /// <summary>The tokens of all cases.</summary>
    public required TokenStats Tokens { get; init; }

    /// <summary>Each task of each kind, in the catalogue's order.</summary>
    public required IReadOnlyList<TaskStats> Tasks { get; init; }

    /// <summary>How many samples were left after each step on the way to reasoning cases; <see langword="null"/> where there are no steps, or those of several sets.</summary>
    public IReadOnlyList<TaskAttrition>? Attrition { get; init; }

    /// <summary>What the chains cost, by teacher; <see langword="null"/> where there are none.</summary>
    public IReadOnlyList<TeacherCost>? Cost { get; init; }
}
