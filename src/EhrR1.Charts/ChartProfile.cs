namespace EhrR1.Charts;

/// <summary>Which definitions a workspace follows, from the grouping of events to the labels of tasks.</summary>
public enum ChartProfile
{
    /// <summary>The published definitions, with the corrections that hold for both profiles. The default.</summary>
    EhrBench,

    /// <summary>The published definitions put right: nothing is read before it was known.</summary>
    Strict,
}
