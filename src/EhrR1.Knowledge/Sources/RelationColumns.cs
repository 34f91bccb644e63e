namespace EhrR1.Knowledge;

/// <summary>The columns that state a relation, read from the subject to the object.</summary>
public sealed record RelationColumns
{
    /// <summary>The column with the subject's identifier.</summary>
    public required string Subject { get; init; }

    /// <summary>The column with the object's identifier. The default value is none.</summary>
    public string? Object { get; init; }

    /// <summary>The column with the object's name, where there is no identifier. The default value is none.</summary>
    public string? ObjectName { get; init; }

    /// <summary>The relation of all rows. The default value is none.</summary>
    public string? Relation { get; init; }

    /// <summary>The column with the relation. The default value is none.</summary>
    public string? RelationColumn { get; init; }

    /// <summary>Names for the values of <see cref="RelationColumn"/>; rows with another value are left out and counted. The default value is none: values are names.</summary>
    public IReadOnlyDictionary<string, string>? Names { get; init; }
}
