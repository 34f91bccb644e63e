using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>What one file of an instruction set holds.</summary>
public sealed record FileSummary
{
    /// <summary>The file, by its path in the data set's folder.</summary>
    public required OutputFile File { get; init; }

    /// <summary>Cases of each task.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>The characters of all users' messages.</summary>
    public required long Characters { get; init; }

    /// <summary>The tokens of all messages.</summary>
    public required long Tokens { get; init; }

    /// <summary>Samples that were left out because question and answer alone are longer than the budget.</summary>
    public required long TooLong { get; init; }

    /// <summary>Reasoning cases that were left out because their budget cuts off what the chain cites. The default value is 0.</summary>
    public long EvidenceCut { get; init; }
}
