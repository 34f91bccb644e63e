namespace EhrR1.Knowledge;

/// <summary>The columns that name a concept.</summary>
public sealed record ConceptColumns
{
    /// <summary>The column with the identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The column with a name.</summary>
    public required string Name { get; init; }

    /// <summary>The semantic type of all of them. The default value is none.</summary>
    public string? Type { get; init; }

    /// <summary>The column with the semantic type. The default value is none.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>How good a name for people it is; lower is better. The default value is 0.</summary>
    public int Rank { get; init; }
}
