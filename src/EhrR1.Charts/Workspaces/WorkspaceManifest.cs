namespace EhrR1.Charts;

/// <summary>The content of <c>workspace.json</c>: what marks a folder as a workspace, and what each stage left.</summary>
public sealed record WorkspaceManifest
{
    /// <summary>The version of the layout; 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The profile: <c>ehr-bench</c> or <c>strict</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The seed of every random choice: splits, draws, candidates.</summary>
    public required long Seed { get; init; }

    /// <summary>Whether the source is a synthetic hospital, so that no patient stands behind the charts.</summary>
    public bool Synthetic { get; init; }

    /// <summary>The finished stages by name, in the order in which stages follow each other.</summary>
    public SortedDictionary<string, StageRecord> Stages { get; init; } = new(StringComparer.Ordinal);
}
