namespace EhrR1.Models;

/// <summary>What the training samples of one task say before any input is read.</summary>
public sealed record TaskPrior
{
    /// <summary>The task's name.</summary>
    public required string Task { get; init; }

    /// <summary>The training samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Decision tasks: the answered labels, most frequent first; as many as give the best mean F1 on the training samples.</summary>
    public IReadOnlyList<LabelShare> Labels { get; init; } = [];

    /// <summary>Decision tasks: the mean F1 on the training samples.</summary>
    public double? TrainingF1 { get; init; }

    /// <summary>Risk tasks: the share of yes among all training samples of the index, drawn or not.</summary>
    public double? Prevalence { get; init; }

    /// <summary>Risk tasks: the share of yes among the drawn training samples.</summary>
    public double? DrawnShare { get; init; }
}
