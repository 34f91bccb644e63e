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

    /// <summary>A difference with its interval: <c>+0.061 (+0.012 to +0.110)</c>.</summary>
    public static string Signed(Score difference) => difference switch
    {
        { Value: null } => "–",
        { Low: { } low, High: { } high } => $"{Signed(difference.Value.Value)} ({Signed(low)} to {Signed(high)})",
        _ => Signed(difference.Value.Value),
    };

    /// <summary>A p value.</summary>
    public static string P(double? p) => p switch { null => "–", < 0.001 => "<0.001", _ => Number(p) };

    /// <summary>A number with three decimals.</summary>
    public static string Number(double? value) => value is { } v ? v.ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>The scores of each task, one a line; what an answer's format costs stands beside them.</summary>
    public static void WriteTasks(TextWriter to, RunScores scores)
    {
        var table = new PlainTable("Task", "Kind", ">Samples", ">Patients", "Metric", "Score (95 % interval)", ">Strict", ">Format", ">Unanswered", "");
        foreach (var task in scores.Tasks)
        {
            table.Add(
                task.Task, (task.Kind == TaskKind.Risk ? "risk" : "decision") + (task.Extra ? ", extra" : ""), Count(task.Samples), Count(task.Patients),
                task.Headline?.Metric ?? "", task.Attempted ? Of(task.Headline) : "not attempted", task.Strict is { } strict ? Number(strict.Value) : "",
                task.FormatFailures > 0 ? Count(task.FormatFailures) : "", task.Attempted && task.Unanswered > 0 ? Count(task.Unanswered) : "", task.ManyUnanswered ? "over 5 % unanswered" : "");
        }

        table.Write(to);
        var formats = scores.Tasks.SelectMany(t => t.Formats).GroupBy(f => f.Key, f => f.Value, StringComparer.Ordinal).Select(g => (g.Key, Count: g.Sum())).OrderByDescending(f => f.Count).ToArray();
        if (formats.Length > 0)
            to.WriteLine($"Answers that were not bare items, one a line: {string.Join(", ", formats.Select(f => $"{f.Key.Replace('_', ' ')} {Count(f.Count)}"))}. \"Strict\" reads them as the published scorer does.");
        var sources = scores.Tasks.SelectMany(t => t.ProbabilitySources).GroupBy(f => f.Key, f => f.Value, StringComparer.Ordinal).Select(g => (g.Key, Count: g.Sum())).OrderByDescending(f => f.Count).ToArray();
        if (sources.Length > 0)
            to.WriteLine($"P(yes) comes from: {string.Join(", ", sources.Select(s => $"{s.Key} {Count(s.Count)}"))}.");
    }

    /// <summary>The macro means.</summary>
    public static void WriteMeans(TextWriter to, RunScores scores)
    {
        to.WriteLine($"Decision tasks, mean F1:    {Of(scores.Mean("decision"))}");
        if (scores.Mean("decision_strict") is { } strict && strict.Score.Value != scores.Mean("decision")?.Score.Value)
            to.WriteLine($"  read strictly:            {Of(strict)}");
        to.WriteLine($"Risk tasks, mean AUROC:     {Of(scores.Mean("risk"))}");
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);
}
