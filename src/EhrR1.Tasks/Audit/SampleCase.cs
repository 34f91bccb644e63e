namespace EhrR1.Tasks;

/// <summary>A row of an index with where it comes from.</summary>
internal sealed record SampleCase(TaskIndexRow Row, TaskAnchor Anchor, ContextHolds Holds);
