using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What a build of charts did.</summary>
/// <param name="Record">The stage's record in the workspace's manifest.</param>
/// <param name="WasUpToDate">Whether nothing had to be done.</param>
/// <param name="Patients">The number of patients.</param>
/// <param name="Events">The number of events.</param>
/// <param name="Items">The number of items.</param>
/// <param name="Skipped">Rows left out because they do not fit, as places; at most 1,000 a table.</param>
public sealed record BuildResult(StageRecord Record, bool WasUpToDate, int Patients, long Events, long Items, IReadOnlyList<string> Skipped);
