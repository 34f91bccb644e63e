using System.Text.Json.Nodes;

namespace EhrR1.Ingest;

/// <summary>What the manifest says of a source that charts were built from.</summary>
/// <param name="Inputs">The files that were read, with their sizes and hashes.</param>
/// <param name="Counts">
/// What became of their rows: <c>has_notes</c>, <c>tables</c> (rows in and out by event type), <c>maps</c> (the share of rows that each resolves)
/// and <c>tasks_without_map</c>.
/// </param>
/// <param name="Warnings">What the user should know.</param>
/// <param name="Skipped">What was left out because it does not fit, as places.</param>
public sealed record SourceSummary(JsonObject Inputs, JsonObject Counts, IReadOnlyList<string> Warnings, IReadOnlyList<string> Skipped);
