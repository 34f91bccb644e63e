using System.Globalization;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>How many samples were left after each step on the way to reasoning cases, and what the chains cost, for people.</summary>
internal static class AttritionText
{
    public static void Write(TextWriter to, IReadOnlyList<TaskAttrition> tasks)
    {
        to.WriteLine("Samples left after each step, and the chains that were written:");
        string[] tested = tasks.Any(t => t.PassedSufficiency is not null) ? [">Sufficient"] : [];
        var table = new PlainTable(["Task", ">Samples", ">With graph", ">Asked", ">Answered", ">Readable", ">Passed filter", ">Passed measures", ">Passed grounding", .. tested, ">Kept", ">Chains", ">Apart", ">Cut off", ">Passed both"]);
        foreach (var task in tasks)
        {
            string[] sufficient = tested.Length > 0 ? [ConceptText.Number(task.PassedSufficiency ?? 0)] : [];
            table.Add(
            [
                task.Task, ConceptText.Number(task.Samples), ConceptText.Number(task.WithGraph), ConceptText.Number(task.Asked), ConceptText.Number(task.Answered), ConceptText.Number(task.Readable),
                ConceptText.Number(task.PassedFilter), ConceptText.Number(task.PassedMeasures), ConceptText.Number(task.PassedGrounding), .. sufficient, ConceptText.Number(task.Kept),
                ConceptText.Number(task.Chains), ConceptText.Number(task.ChainsApart), ConceptText.Number(task.ChainsCutOff), ConceptText.Number(task.ChainsPassedGrounding),
            ]);
        }

        table.Write(to);
        if (tasks[^1] is { } all && all.PassedMeasures > all.PassedGrounding)
            to.WriteLine($"By a false claim fell {ConceptText.Number(all.PassedMeasures - all.PassedGrounding)} samples, {ConceptText.Number(all.ChainsPassedMeasures - all.ChainsPassedGrounding)} chains; '--allow-faults N' lets chains with so many pass");
    }

    public static void WriteCost(TextWriter to, IReadOnlyList<TeacherCost> cost)
    {
        foreach (var teacher in cost)
        {
            to.WriteLine(teacher.Requests == 0
                ? $"Cost: nothing, {teacher.Teacher} has asked no endpoint"
                : $"Cost: {teacher.Teacher}, {ConceptText.Number(teacher.Requests)} requests, {ConceptText.Number(teacher.PromptTokens)} tokens read{Cached(teacher)}, {ConceptText.Number(teacher.CompletionTokens)} written{Money(teacher)}");
        }
    }

    private static string Cached(TeacherCost teacher) => teacher.CachedTokens > 0 ? $" ({ConceptText.Number(teacher.CachedTokens)} out of its cache)" : "";

    private static string Money(TeacherCost teacher) => teacher.Money is { } money ? string.Create(CultureInfo.InvariantCulture, $", {money:#,0.00##} {teacher.Currency}") : "; no prices were given";
}
