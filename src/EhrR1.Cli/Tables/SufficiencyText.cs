using System.Globalization;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>What the test of sufficiency found, for people.</summary>
internal static class SufficiencyText
{
    public static void Write(TextWriter to, SufficiencyReport report)
    {
        to.WriteLine();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Answers of {report.Model} by the chains alone, sufficient from an F1 of {report.Least:0.##}"));
        var table = new PlainTable("Task", ">Chains", ">Tested", ">Sufficient", ">Mean F1");
        foreach (var task in report.Tasks)
            table.Add(task.Task, ConceptText.Number(task.Chains), ConceptText.Number(task.Tested), ConceptText.Number(task.Sufficient), task.MeanF1?.ToString("0.000", CultureInfo.InvariantCulture) ?? "");
        table.Write(to);
    }
}
