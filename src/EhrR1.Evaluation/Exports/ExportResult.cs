namespace EhrR1.Evaluation;

/// <summary>What an export wrote.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Tasks">Its tasks with their numbers of samples, in the catalogue's order.</param>
/// <param name="LeftOut">Tasks that the harness has no metric for.</param>
public sealed record ExportResult(string Folder, IReadOnlyList<KeyValuePair<string, int>> Tasks, IReadOnlyList<string> LeftOut)
{
    /// <summary>The samples of all tasks.</summary>
    public int Samples => Tasks.Sum(t => t.Value);
}
