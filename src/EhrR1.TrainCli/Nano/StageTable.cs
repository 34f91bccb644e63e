using System.Globalization;
using EhrR1.Cli;
using EhrR1.Evaluation;

namespace EhrR1.TrainCli;

/// <summary>Stages against metrics, as text.</summary>
internal static class StageTable
{
    public static void Write(TextWriter to, IReadOnlyList<StageScore> stages)
    {
        var table = new PlainTable("Stage", "Decisions at once, F1", "Less the prior's", "After thinking, F1", "Risks, AUROC", "Well-formed", "Mean reward", "Less the stage before");
        foreach (var stage in stages)
            table.Add(stage.Name, Text(stage.Direct), Text(stage.AbovePrior, signed: true), Text(stage.Thought), Text(stage.Risk), stage.WellFormed is { } share ? (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %" : "", Text(stage.Reward), Text(stage.AboveStageBefore, signed: true));
        table.Write(to);
        to.WriteLine();
        StageAim.Write(to, StageAim.Of(stages));
        to.WriteLine();
    }

    /// <summary>A figure with its interval.</summary>
    internal static string Text(Score? score, bool signed = false)
    {
        if (score?.Value is not { } value)
            return "";
        var format = signed ? "+0.000;−0.000" : "0.000";
        string Of(double number) => number.ToString(format, CultureInfo.InvariantCulture);
        return score is { Low: { } low, High: { } high } ? $"{Of(value)} ({Of(low)} to {Of(high)})" : Of(value);
    }
}
