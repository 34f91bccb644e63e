using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Cli;

/// <summary>What a build did, for people and for scripts.</summary>
internal sealed class BuildSummary(Workspace workspace, BuildResult charts, bool tasksWereCurrent, TimeSpan elapsed)
{
    private const int PlacesShown = 20;

    public JsonObject ToJson() => new()
    {
        ["workspace"] = workspace.Folder,
        ["profile"] = workspace.Manifest.Profile,
        ["seed"] = workspace.Manifest.Seed,
        ["was_up_to_date"] = charts.WasUpToDate && tasksWereCurrent,
        ["patients"] = charts.Patients,
        ["events"] = charts.Events,
        ["items"] = charts.Items,
        ["tables"] = charts.Record.Counts["tables"]?.DeepClone(),
        ["maps"] = charts.Record.Counts["maps"]?.DeepClone(),
        ["tasks"] = workspace.Stage(TaskStage.Name)!.Counts.DeepClone(),
        ["warnings"] = new JsonArray([.. Warnings.Select(w => (JsonNode)w)]),
        ["skipped"] = new JsonArray([.. charts.Skipped.Select(s => (JsonNode)s)]),
        ["seconds"] = Math.Round(elapsed.TotalSeconds, 2),
    };

    public void Write(CommandRun run)
    {
        foreach (var warning in Warnings)
            run.Say($"Note: {warning}");
        run.Out.WriteLine($"Charts{(charts.WasUpToDate ? " are up to date" : "")}: {charts.Patients:#,0} patients, {charts.Events:#,0} events, {charts.Items:#,0} items, profile {workspace.Manifest.Profile}");
        WriteLeftOut(run.Out);
        WriteMaps(run.Out);
        var samples = workspace.Stage(TaskStage.Name)!.Counts;
        run.Out.WriteLine($"Task index{(tasksWereCurrent ? " is up to date" : "")}: {(long)samples["samples"]!:#,0} samples of {samples["by_task"]!.AsObject().Count} tasks");
        run.Out.WriteLine($"In {workspace.Folder}, {ProgressDisplay.Duration(elapsed)}");
        WriteSkipped(run);
        run.Out.WriteLine($"Next: ehr-r1 tasks {ShellText.Of(workspace.Folder)}");
    }

    private IEnumerable<string> Warnings => charts.Record.Warnings.Concat(workspace.Stage(TaskStage.Name)!.Warnings);

    private void WriteLeftOut(TextWriter to)
    {
        foreach (var (table, counts) in charts.Record.Counts["tables"]!.AsObject())
        {
            foreach (var (reason, rows) in counts!["left_out"] as JsonObject ?? [])
                to.WriteLine($"  {table}: {(long)rows!:#,0} of {(long)counts["rows_in"]!:#,0} rows left out, {reason.Replace('_', ' ')}");
        }
    }

    private void WriteMaps(TextWriter to)
    {
        foreach (var (map, tables) in charts.Record.Counts["maps"]!.AsObject())
        {
            var shares = tables!.AsObject().Where(t => t.Value!["share"] is not null).Select(t => $"{((double)t.Value!["share"]! * 100).ToString("0.#", CultureInfo.InvariantCulture)} % of {t.Key}");
            if (string.Join(", ", shares) is { Length: > 0 } text)
                to.WriteLine($"  {map} map resolves {text}");
        }
    }

    private void WriteSkipped(CommandRun run)
    {
        if (charts.Skipped.Count == 0)
            return;
        run.Say($"Left out because they cannot be read ({charts.Skipped.Count:#,0} listed{(charts.Skipped.Count > PlacesShown ? $", the first {PlacesShown} here, all with --json" : "")}):");
        foreach (var place in charts.Skipped.Take(PlacesShown))
            run.Say($"  {place}");
    }
}
