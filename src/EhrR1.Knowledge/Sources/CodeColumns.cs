namespace EhrR1.Knowledge;

/// <summary>The columns that give a concept a code.</summary>
public sealed record CodeColumns
{
    /// <summary>The column with the concept's identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The column with the code.</summary>
    public required string Code { get; init; }

    /// <summary>The vocabulary of all codes. The default value is none: each code is written VOCABULARY:code.</summary>
    public string? Vocabulary { get; init; }
}
