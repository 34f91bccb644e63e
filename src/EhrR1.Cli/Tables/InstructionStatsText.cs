using System.Globalization;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>What an instruction set holds, as tables for people.</summary>
internal static class InstructionStatsText
{
    private const int LabelWidth = 60;

    public static void Write(TextWriter to, InstructionStats stats)
    {
        var counted = stats.TokensBy switch
        {
            "estimate" => "tokens are estimated",
            "unknown" => "tokens are as each set has them",
            _ => "tokens are counted by the model's tokenizer",
        };
        var kinds = string.Join(" and ", stats.Kinds.Select(k => $"{Number(k.Value)} {(k.Key == "rl" ? "prompts" : $"{k.Key} cases")}"));
        to.WriteLine($"{(kinds.Length > 0 ? kinds : "No cases")} of {stats.Tasks.DistinctBy(t => t.Task).Count()} tasks; {counted}, without a chat template's own.");
        var table = new PlainTable("Task", ">Cases", ">Patients", ">Tokens", ">Mean", ">5 %", ">Median", ">95 %", ">99 %", ">Most", ">Labels");
        foreach (var task in stats.Tasks)
            Add(table, NameOf(stats, task), task.Cases, Number(task.Patients), task.Tokens, Number(task.DistinctLabels));
        Add(table, "all", stats.Cases, "", stats.Tokens, "");
        table.Write(to);
        to.WriteLine("The most frequent labels, with the share of cases that hold them:");
        foreach (var task in stats.Tasks.Where(t => t.Labels.Count > 0))
            to.WriteLine($"  {NameOf(stats, task)}: {string.Join("; ", task.Labels.Select(l => $"{Short(l.Key)} {Share(l.Value, task.Cases)}"))}");
        if (stats.Attrition is { } attrition)
            AttritionText.Write(to, attrition);
        if (stats.Cost is { } cost)
            AttritionText.WriteCost(to, cost);
    }

    private static void Add(PlainTable table, string name, long cases, string patients, TokenStats tokens, string labels) => table.Add(
        name, Number(cases), patients, Number(tokens.Total), tokens.Mean.ToString("#,0", CultureInfo.InvariantCulture), Number(tokens.P5), Number(tokens.Median), Number(tokens.P95), Number(tokens.P99), Number(tokens.Most), labels);

    private static string NameOf(InstructionStats stats, TaskStats task) => stats.Kinds.Count > 1 ? $"{task.Task} ({task.Kind})" : task.Task;

    // Free text is a label too; its beginning is enough, on one line.
    private static string Short(string label)
    {
        var line = label.ReplaceLineEndings(" ");
        return line.Length <= LabelWidth ? line : line[..LabelWidth] + "…";
    }

    private static string Share(long cases, long of) => (100.0 * cases / of).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
