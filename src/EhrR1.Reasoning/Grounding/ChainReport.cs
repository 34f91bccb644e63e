namespace EhrR1.Reasoning;

/// <summary>What a check of a folder of chains found; also written as <c>check.json</c>.</summary>
public sealed record ChainReport
{
    /// <summary>How many chains the folder holds.</summary>
    public required long Chains { get; init; }

    /// <summary>How many chains each teacher wrote.</summary>
    public required IReadOnlyDictionary<string, long> Teachers { get; init; }

    /// <summary>How many chains are kept apart, by the reason: bad habits, other sections, unknown samples. A chain may have several reasons.</summary>
    public required IReadOnlyDictionary<string, long> Apart { get; init; }

    /// <summary>Sections that chains have beside their template's, with how many chains have them; at most 20, the most frequent.</summary>
    public required IReadOnlyDictionary<string, long> OtherSections { get; init; }

    /// <summary>How many of the other chains fail the published filter, by the reason, and how many hold near wordings.</summary>
    public required IReadOnlyDictionary<string, long> Filter { get; init; }

    /// <summary>In how many of the other chains each kind of fault is found.</summary>
    public required IReadOnlyDictionary<string, long> Faults { get; init; }

    /// <summary>The figures of each task in the catalogue's order, the sum over all at the end.</summary>
    public required IReadOnlyList<ChainTaskReport> Tasks { get; init; }

    /// <summary>The ids of the chains with the lowest scores, the lowest first.</summary>
    public required IReadOnlyList<string> Worst { get; init; }
}
