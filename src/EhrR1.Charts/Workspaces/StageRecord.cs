using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EhrR1.Charts;

/// <summary>What a finished stage leaves in the workspace's manifest: from what, how, and what came out.</summary>
/// <remarks>It holds no clock time, so that the same input gives the same bytes.</remarks>
public sealed record StageRecord
{
    /// <summary>A hash over the inputs and the settings; the stage is up to date while it stays the same. Empty while the stage is unfinished.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the stage has run to its end.</summary>
    [JsonIgnore]
    public bool IsFinished => Fingerprint.Length > 0;

    /// <summary>The version of the program that ran the stage.</summary>
    public string Program { get; init; } = Workspace.ProgramVersion;

    /// <summary>The settings that it ran with, enough to run it again.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>The inputs with their hashes.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>Counts: rows in and out, left out and why, coverage.</summary>
    public JsonObject Counts { get; init; } = [];

    /// <summary>What the user was warned of.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The files that the stage wrote.</summary>
    public IReadOnlyList<OutputFile> Outputs { get; init; } = [];
}
