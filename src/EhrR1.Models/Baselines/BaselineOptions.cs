namespace EhrR1.Models;

/// <summary>How the baselines are fitted.</summary>
public sealed record BaselineOptions
{
    /// <summary>Training samples a task at most, at least 1: it bounds memory, whatever the number of patients. The default value is 2,000.</summary>
    public int SamplesPerTask { get; init; } = 2000;

    /// <summary>Labels that the prior answers at most, at least 1. The default value is 100.</summary>
    public int PriorLabels { get; init; } = 100;

    /// <summary>Labels a decision task that trees are grown for, at least 1. The default value is 50.</summary>
    public int TreeLabels { get; init; } = 50;

    /// <summary>Training samples that a label must have, and a risk task of each outcome, for trees to be grown. The default value is 10.</summary>
    public int LabelSamples { get; init; } = 10;

    /// <summary>Features a task at most, the most frequent ones. The default value is 300.</summary>
    public int Features { get; init; } = 300;

    /// <summary>How the trees are grown.</summary>
    public TreeSettings Trees { get; init; } = new();

    /// <summary>Threads at most; it changes no result. The default value 0 means one a core.</summary>
    public int Threads { get; init; }

    internal int ThreadCount => Threads == 0 ? Environment.ProcessorCount : Threads;
}
