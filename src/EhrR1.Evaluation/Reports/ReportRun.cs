namespace EhrR1.Evaluation;

/// <summary>A run in a report.</summary>
/// <param name="Name">The run's folder name, which tells several runs of one model apart.</param>
/// <param name="Manifest">How it was run.</param>
/// <param name="Scores">Its scores.</param>
public sealed record ReportRun(string Name, RunManifest Manifest, RunScores Scores);
