using System.Globalization;
using EhrR1.Evaluation;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Scores as text.</summary>
internal static class ScoreText
{
    /// <summary>A score with its interval: <c>0.712 (0.655–0.764)</c>.</summary>
    public static string Of(Score? score) => score switch
    {
        null or { Value: null } => "–",
        { Low: { } low, High: { } high } => $"{Number(score.Value.Value)} ({Number(low)}–{Number(high)})",
        _ => Number(score.Value.Value),
    };

    /// <summary>A mean over tasks, and over how many of them.</summary>
    public static string Of(MeanScore? mean) => mean is null ? "–" : $"{Of(mean.Score)} over {mean.Tasks} of {mean.Of} tasks";

    /// <summary>The headline score of each task, one a line.</summary>
    public static void WriteTasks(TextWriter to, RunScores scores)
    {
        var table = new PlainTable("Task", "Kind", ">Samples", ">Patients", "Metric", "Score (95 % interval)");
        foreach (var task in scores.Tasks)
        {
            table.Add(
                task.Task, (task.Kind == TaskKind.Risk ? "risk" : "decision") + (task.Extra ? ", extra" : ""), task.Samples.ToString("#,0", CultureInfo.InvariantCulture),
                task.Patients.ToString("#,0", CultureInfo.InvariantCulture), task.Headline?.Metric ?? "", task.Attempted ? Of(task.Headline) : "not attempted");
        }

        table.Write(to);
    }

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
