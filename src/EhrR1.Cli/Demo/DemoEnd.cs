using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>What the demo says at its end: how the baselines did, where everything is, what to try next.</summary>
internal static class DemoEnd
{
    public static void Write(TextWriter to, DemoFolder folder, IReadOnlyList<ModelRun> runs, TimeSpan elapsed)
    {
        to.WriteLine();
        var table = new PlainTable("Model", "Decisions, mean F1 (95 %)", "Risks, mean AUROC (95 %)");
        foreach (var run in runs)
            table.Add(run.Manifest.Model, ScoreText.Of(run.Scores.Mean("decision")?.Score), ScoreText.Of(run.Scores.Mean("risk")?.Score));
        table.Write(to);
        to.WriteLine();
        to.WriteLine($"Done in {ProgressDisplay.Duration(elapsed)}. The patients never were; no record stands behind these numbers.");
        to.WriteLine($"  Hospital   {folder.Hospital}");
        to.WriteLine($"  Workspace  {folder.Workspace}");
        to.WriteLine($"  Report     {folder.Report}");
        to.WriteLine();
        to.WriteLine("Try next:");
        using var workspace = Workspace.Open(folder.Workspace);
        var path = ShellText.Of(folder.Workspace);
        to.WriteLine($"  ehr-r1 chart {path} --subject {FirstSubject(workspace)}");
        to.WriteLine($"  ehr-r1 sample {path} --id {FirstSample(workspace)}");
        if (FirstGraph(workspace) is { } graph)
            to.WriteLine($"  ehr-r1 graph {path} --sample {graph}");
        to.WriteLine($"  ehr-r1 ins reason {path} --teacher narrator --out {ShellText.Of(Path.Combine(Path.GetDirectoryName(folder.Workspace)!, "ehr-ins-reason"))}");
        to.WriteLine("  ehr-r1 build --source <your MIMIC-IV folder> --out <your workspace>");
    }

    private static long FirstSubject(Workspace workspace)
    {
        var charts = ChartStore.Open(workspace);
        return charts.Subjects[0].SubjectId;
    }

    private static string? FirstGraph(Workspace workspace) => Directory.EnumerateFiles(workspace.PathOf(GraphStage.Folder), "*.jsonl").Order(StringComparer.Ordinal)
        .SelectMany(File.ReadLines).Select(GraphJson.Parse).FirstOrDefault()?.Id;

    private static string FirstSample(Workspace workspace)
    {
        using var index = TaskIndexStore.Open(workspace);
        return index.ReadTask("Inpatient_Mortality").Concat(index.ReadAll()).First().Id;
    }
}
