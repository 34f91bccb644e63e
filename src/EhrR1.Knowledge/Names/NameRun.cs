namespace EhrR1.Knowledge;

/// <summary>A run of postings that a query reads.</summary>
internal record struct NameRun
{
    /// <summary>The first posting.</summary>
    public required int Start { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>The number of trigrams of each name.</summary>
    public required int Size { get; init; }

    /// <summary>The most rarer trigrams that a match has.</summary>
    public required int Most { get; init; }

    /// <summary>In how many trigrams a match differs from the query at most.</summary>
    public required int Differ { get; init; }

    /// <summary>How many postings have at most so many rarer trigrams.</summary>
    public int Head { get; set; }
}
