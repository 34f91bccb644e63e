namespace EhrR1.Knowledge;

/// <summary>One file of a folder of tables.</summary>
public sealed record TerminologyTable
{
    /// <summary>The file's name in the folder; compressed with gzip it ends in ".gz".</summary>
    public required string File { get; init; }

    /// <summary>"tsv", "csv" or "obo". The default value is "tsv".</summary>
    public string Kind { get; init; } = "tsv";

    /// <summary>Whose knowledge it is, and under which licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Whether the file may be missing. The default value is <see langword="false"/>.</summary>
    public bool Optional { get; init; }

    /// <summary>The semantic type of all concepts of an OBO file. The default value is none.</summary>
    public string? Type { get; init; }

    /// <summary>The concepts that a row names. The default value is none.</summary>
    public IReadOnlyList<ConceptColumns> Concepts { get; init; } = [];

    /// <summary>The codes that a row gives a concept. The default value is none.</summary>
    public IReadOnlyList<CodeColumns> Codes { get; init; } = [];

    /// <summary>The relations that a row states. The default value is none.</summary>
    public IReadOnlyList<RelationColumns> Relations { get; init; } = [];

    /// <summary>Finds what cannot be.</summary>
    /// <exception cref="FormatException">A value is not one of those that it may be.</exception>
    internal void Check()
    {
        if (Kind is not ("tsv" or "csv" or "obo"))
            throw new FormatException($"{File} is of the kind \"{Kind}\"; it may be tsv, csv or obo.");
        if (Kind == "obo" && Concepts.Count + Codes.Count + Relations.Count > 0)
            throw new FormatException($"{File} is an OBO file, which has no columns.");
        foreach (var relation in Relations)
        {
            if (relation.Object is null == (relation.ObjectName is null))
                throw new FormatException($"A relation of {File} needs either object or objectName.");
            if (relation.Relation is null == (relation.RelationColumn is null))
                throw new FormatException($"A relation of {File} needs either relation or relationColumn.");
        }
    }
}
