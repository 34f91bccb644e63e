using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>Puts runs into a report.</summary>
internal sealed class ReportCommand : CliCommand
{
    private readonly Argument<string[]> _runs = new("workspace-or-runs") { Description = "A workspace, for all runs over its benchmark, or the folders of single runs.", HelpName = "WORKSPACE|RUN …", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _out = new("--out") { Description = "The HTML file; the same as JSON is written beside it. The default is report.html in the workspace, or in the first run.", HelpName = "FILE" };
    private readonly Option<bool> _json = JsonOption("Print the report as JSON as well.");

    public ReportCommand()
        : base("report", "Writes a report over one or more runs: one HTML file that needs nothing from outside, and the same as JSON.", "ehr-r1 report workspace", "ehr-r1 report workspace/runs/prior-1 workspace/runs/gbm-1 --out comparison.html")
    {
        Arguments.Add(_runs);
        Options.Add(_out);
        Options.Add(_json);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_runs) is [var only] ? only : null;

    public override async Task<int> RunAsync(CommandRun run)
    {
        var folders = run.Get(_runs).Select(run.Terminal.PathOf).ToList();
        var runs = new List<RunFolder>();
        foreach (var folder in folders)
            runs.AddRange(Workspace.Exists(folder) ? await RunsOfAsync(run, folder).ConfigureAwait(false) : [RunFolder.Open(folder)]);
        var html = run.PathOf(_out) ?? Path.Combine(folders[0], "report.html");
        var report = new ReportBuilder(run.Terminal.Time).Build(runs, progress: run.Progress, cancellationToken: run.Cancellation);
        ReportBuilder.Write(report, html);
        if (run.Get(_json))
            run.WriteJson(JsonNode.Parse(ReportBuilder.ToJson(report))!);
        else
            Print(run, report, html);
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<RunFolder>> RunsOfAsync(CommandRun run, string folder)
    {
        using (var workspace = Workspace.OpenForWriting(folder))
            await EarlierStages.NeedAsync(run, workspace, benchmark: true).ConfigureAwait(false);
        using var readable = Workspace.Open(folder);
        var runs = ModelRun.Current(readable);
        foreach (var other in RunFolder.Of(folder).Except(runs))
            run.Say($"{other.Name} answered another benchmark than the workspace holds now and is left out; name its folder to report it.");
        if (runs.Count > 0)
            return runs;
        run.Say("There is no run over this benchmark yet: running the baseline 'prior' …");
        return [(await ModelRun.RunAsync(new BaselineSource(Baselines.Prior), new EvaluationOptions { Source = folder }, run.Terminal, run.Progress, run.Cancellation).ConfigureAwait(false)).Folder];
    }

    private static void Print(CommandRun run, EvaluationReport report, string html)
    {
        var table = new PlainTable("Run", "Decisions, mean F1", "Risks, mean AUROC");
        foreach (var scored in report.Runs)
            table.Add(scored.Name, ScoreText.Of(scored.Scores.Mean("decision")), ScoreText.Of(scored.Scores.Mean("risk")));
        table.Write(run.Out);
        run.Out.WriteLine($"Report: {html}");
        run.Out.WriteLine($"JSON:   {Path.ChangeExtension(html, ".json")}");
    }
}
