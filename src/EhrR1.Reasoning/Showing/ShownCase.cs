using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>A case or a chain with all that belongs to it, to be looked at.</summary>
public sealed record ShownCase
{
    /// <summary>The case's or the chain's id.</summary>
    public required string Id { get; init; }

    /// <summary>The sample; where the workspace is not at hand, what the case shows of it.</summary>
    public required Sample Sample { get; init; }

    /// <summary>Whether the sample is the workspace's.</summary>
    public required bool IsFromWorkspace { get; init; }

    /// <summary>The sample's thinking graph, or <see langword="null"/>.</summary>
    public ThinkingGraph? Graph { get; init; }

    /// <summary>The chain as it was read, or <see langword="null"/> for a case without one.</summary>
    public ParsedChain? Chain { get; init; }

    /// <summary>Who wrote the chain; empty where there is none.</summary>
    public string Teacher { get; init; } = "";

    /// <summary>The chain's place in its folder, or <see langword="null"/> where only the case is there.</summary>
    public StoredChain? Stored { get; init; }

    /// <summary>The measures by name; not defined ones are <see langword="null"/>. Empty where there is no chain.</summary>
    public IReadOnlyDictionary<string, double?> Measures { get; init; } = new Dictionary<string, double?>(StringComparer.Ordinal);

    /// <summary>What does not hold.</summary>
    public IReadOnlyList<GroundingFault> Faults { get; init; } = [];

    /// <summary>Where the record has what the chain cites.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];
}
