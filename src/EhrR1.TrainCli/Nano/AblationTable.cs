using System.Globalization;
using EhrR1.Cli;
using EhrR1.Evaluation;

namespace EhrR1.TrainCli;

/// <summary>Variants against metrics, one line a seed.</summary>
internal static class AblationTable
{
    public static void Write(TextWriter to, IReadOnlyList<(StageVariant Variant, StageScore Score)> lines)
    {
        var table = new PlainTable("Variant", ">Seed", "Decisions at once, F1", "After thinking, F1", "Risks, AUROC", "Well-formed", ">Grounding", "Mean reward");
        foreach (var (variant, score) in lines)
            table.Add(variant.Name, variant.Seed.ToString(CultureInfo.InvariantCulture), Text(score.Direct), Text(score.Thought), Text(score.Risk), score.WellFormed is { } share ? (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "", Term(score, "grounding"), Text(score.Reward));
        table.Write(to);
    }

    private static string Term(StageScore score, string name) => score.Terms?.TryGetValue(name, out var value) == true ? value.ToString("0.000", CultureInfo.InvariantCulture) : "";

    private static string Text(Score? score) => score?.Value is not { } value ? ""
        : score is { Low: { } low, High: { } high } ? string.Create(CultureInfo.InvariantCulture, $"{value:0.000} ({low:0.000} to {high:0.000})")
        : value.ToString("0.000", CultureInfo.InvariantCulture);
}
