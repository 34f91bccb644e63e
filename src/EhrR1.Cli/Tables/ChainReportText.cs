using System.Globalization;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>What a check of chains found, for people.</summary>
internal static class ChainReportText
{
    private const int SectionsShown = 8;

    private static readonly Dictionary<string, string> _reasons = new(StringComparer.Ordinal)
    {
        ["empty"] = "are empty",
        ["other_language"] = "are in another language",
        ["repetition"] = "repeat themselves without end",
        ["cut_off"] = "were cut off",
        ["refusal"] = "refuse to answer",
        ["prompt_echo"] = "repeat the prompt",
        ["no_sections"] = "have no sections at all",
        ["other_sections"] = "have other sections than their template",
        ["content_filter"] = "were cut by the endpoint's filter",
        ["unknown_sample"] = "are of samples that the workspace does not have",
        ["unknown_template"] = "name a template that this program does not have",
    };

    public static void Write(TextWriter to, ChainReport report)
    {
        var table = new PlainTable("Task", ">Samples", ">With graph", ">Answered", ">Passed filter", ">Passed measures", ">Passed grounding", ">Chains", ">Apart", ">Passed filter", ">Passed measures", ">Passed grounding");
        foreach (var task in report.Tasks)
        {
            table.Add(
                task.Task, Number(task.Samples), Number(task.WithGraph), Number(task.SamplesAnswered), Number(task.SamplesPassedFilter), Number(task.SamplesPassedMeasures), Number(task.SamplesPassedGrounding),
                Number(task.Chains), Number(task.Apart), Number(task.PassedFilter), Number(task.PassedMeasures), Number(task.PassedGrounding));
        }

        table.Write(to);
        to.WriteLine();
        var means = new PlainTable("Mean of", ">Score", ">Sections", ">Extraction", ">Relations", ">Derivation", ">Answer", ">Recall", ">No leakage");
        foreach (var task in report.Tasks)
            means.Add(task.Task, Mean(task, "score"), Mean(task, "sections"), Mean(task, "extraction_fidelity"), Mean(task, "relation_support"), Mean(task, "derivation"), Mean(task, "answer_fidelity"), Mean(task, "answer_recall"), Mean(task, "no_leakage"));
        means.Write(to);
        to.WriteLine();
        if (report.Teachers.Count > 0)
            to.WriteLine($"Teachers: {string.Join(", ", report.Teachers.Select(t => $"{t.Key} ({Number(t.Value)})"))}");
        foreach (var (reason, count) in report.Apart)
            to.WriteLine($"Kept apart: {Number(count)} chains {_reasons.GetValueOrDefault(reason, reason)}");
        if (report.OtherSections.Count > 0)
            to.WriteLine($"Sections that no template declares: {string.Join(", ", report.OtherSections.Take(SectionsShown).Select(s => $"\"{s.Key}\" ({Number(s.Value)})"))}");
        if (report.Tasks[^1].Apart == report.Chains)
            to.WriteLine("None of the chains could be measured. If their sections are those of another template, name it beside each chain as \"template\": with-knowledge, without-knowledge, two-sided or unformatted.");
        WriteCounts(to, "Published filter, chains that fail", report.Filter);
        WriteCounts(to, "Grounding, chains with", report.Faults);
        if (report.Worst.Count > 0)
            to.WriteLine($"Lowest scores: {string.Join(", ", report.Worst)}");
    }

    private static string Mean(ChainTaskReport task, string measure) => task.Means.GetValueOrDefault(measure)?.ToString("0.000", CultureInfo.InvariantCulture) ?? "";

    private static void WriteCounts(TextWriter to, string what, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count > 0)
            to.WriteLine($"{what}: {string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key.Replace('_', ' ')} {Number(c.Value)}"))}");
    }

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
