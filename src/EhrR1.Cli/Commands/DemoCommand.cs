using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Hospital;
using EhrR1.Ingest;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The whole path once: a synthetic hospital, charts, tasks, benchmark, thinking graphs, baselines, report.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const int PerTask = 100;

    // Enough to see the baselines at work; 'eval' takes more unless told otherwise.
    private static readonly BaselineOptions _fitting = new() { SamplesPerTask = 400 };
    private readonly Option<string> _out = new("--out") { Description = "The folder to write: new, empty, or an earlier demo.", HelpName = "FOLDER", DefaultValueFactory = _ => "ehr-r1-demo" };
    private readonly Option<int> _patients = CommonOptions.Count("--patients", "How many patients the hospital has.", 500);
    private readonly Option<long> _seed = new("--seed") { Description = "The seed of the hospital and of every draw.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _json = JsonOption("Print where everything is, and the scores, as JSON.");

    public DemoCommand()
        : base("demo", "Shows the whole path on a synthetic hospital: charts, tasks, benchmark, thinking graphs, baselines and report. Nothing is needed from outside.", "ehr-r1 demo", "ehr-r1 demo --out my-demo --patients 200")
    {
        foreach (var option in (ReadOnlySpan<Option>)[_out, _patients, _seed, _json])
            Options.Add(option);
    }

    public override async Task<int> RunAsync(CommandRun run)
    {
        var patients = run.Get(_patients);
        var folder = DemoFolder.Take(run.Terminal.PathOf(run.Get(_out)!), new JsonObject { ["program"] = Workspace.ProgramVersion, ["patients"] = patients, ["seed"] = run.Get(_seed), ["per_task"] = PerTask });
        var steps = new DemoSteps(run, run.Get(_json) ? run.Terminal.Error : run.Out, 7);

        await steps.StepAsync("Synthetic hospital", () => HospitalAsync(run, folder, patients)).ConfigureAwait(false);
        using (var workspace = Workspace.Create(folder.Workspace, new WorkspaceManifest { Profile = "ehr-bench", Seed = run.Get(_seed), Synthetic = true }))
        {
            await steps.StepAsync("Patient charts", () => ChartsAsync(run, workspace, folder.Hospital)).ConfigureAwait(false);
            await steps.StepAsync("Task index", () => Task.FromResult(Index(run, workspace))).ConfigureAwait(false);
            await steps.StepAsync("EHR-Bench", () => Task.FromResult(Bench(run, workspace))).ConfigureAwait(false);
            await steps.StepAsync("Thinking graphs", () => Task.FromResult(Graphs(run, workspace))).ConfigureAwait(false);
        }

        var runs = new List<ModelRun>();
        await steps.StepAsync("Baselines", () => BaselinesAsync(run, folder.Workspace, runs)).ConfigureAwait(false);
        await steps.StepAsync("Report", () => Task.FromResult(Report(run, folder, runs))).ConfigureAwait(false);
        if (run.Get(_json))
            run.WriteJson(ToJson(folder, runs));
        else
            DemoEnd.Write(run.Out, folder, runs, steps.Elapsed);
        return ExitCode.Done;
    }

    private async Task<string> HospitalAsync(CommandRun run, DemoFolder folder, int patients)
    {
        var options = new HospitalOptions { Patients = patients, Seed = unchecked((ulong)run.Get(_seed)) };
        if (folder.HasHospital(patients, options.Seed))
            return $"{patients:#,0} patients, up to date";
        var summary = await SynthCommand.WriteAsync(folder.Hospital, options, run.Progress, run.Cancellation).ConfigureAwait(false);
        return $"{summary.Patients:#,0} patients, {summary.Admissions:#,0} admissions, {summary.Rows.Values.Sum():#,0} rows";
    }

    private async Task<string> ChartsAsync(CommandRun run, Workspace workspace, string hospital)
    {
        var options = new BuildOptions { Source = hospital, Workspace = workspace.Folder, Seed = run.Get(_seed) };
        var result = await ChartStage.RunAsync(workspace, options, run.Progress, run.Cancellation).ConfigureAwait(false);
        return $"{result.Events:#,0} events, {result.Items:#,0} items{(result.WasUpToDate ? ", up to date" : "")}";
    }

    private static string Index(CommandRun run, Workspace workspace)
    {
        var wasCurrent = TaskStage.Run(workspace, new TaskIndexBuildOptions(), run.Progress, run.Cancellation);
        var counts = workspace.Stage(TaskStage.Name)!.Counts;
        return $"{(long)counts["samples"]!:#,0} samples of {counts["by_task"]!.AsObject().Count} tasks{(wasCurrent ? ", up to date" : "")}";
    }

    private static string Bench(CommandRun run, Workspace workspace)
    {
        var wasCurrent = BenchStage.Run(workspace, BenchStage.Options(workspace, PerTask, balance: false), run.Progress, run.Cancellation);
        var counts = workspace.Stage(BenchStage.Name)!.Counts;
        return $"{(long)counts["decision_making"]!:#,0} decisions, {(long)counts["risk_prediction"]!:#,0} risk predictions{(wasCurrent ? ", up to date" : "")}";
    }

    private static string Graphs(CommandRun run, Workspace workspace)
    {
        var choice = TerminologyChoice.Of(run, workspace, null);
        ConceptStage.Run(run, workspace, choice, ConceptChoice.Recorded(workspace));
        LiftStage.Run(run, workspace, LiftStage.Recorded(workspace));
        var options = new GraphOptions();
        var wasCurrent = GraphStage.Run(run, workspace, choice, options);
        var total = GraphStage.Summary(workspace, options.Split).Total;
        return $"{total.WithGraph:#,0} graphs, {total.PairsWithPath:#,0} edges{(wasCurrent ? ", up to date" : "")}";
    }

    private static async Task<string> BaselinesAsync(CommandRun run, string folder, List<ModelRun> runs)
    {
        using var workspace = Workspace.Open(folder);
        var known = ModelRun.Current(workspace).Where(r => r.ReadManifest().State == RunState.Complete).ToLookup(r => r.ReadManifest().Model, StringComparer.Ordinal);
        var parts = new List<string>();
        foreach (var model in Baselines.Names)
        {
            try
            {
                var before = known[model].FirstOrDefault();
                runs.Add(before is not null
                    ? new ModelRun(before, before.ReadManifest(), RunScorer.ReadOrScore(before, cancellationToken: run.Cancellation))
                    : await ModelRun.RunAsync(new BaselineSource(model, _fitting), new EvaluationOptions { Source = folder }, run.Terminal, run.Progress, run.Cancellation).ConfigureAwait(false));
                parts.Add(before is not null ? $"{model} up to date" : model);
            }
            catch (EhrR1Exception e) when (model == Baselines.Gbm)
            {
                // The trees need a library that some systems do not have; the rest of the demo does not.
                run.Say($"gbm is left out: {e.Message}");
            }
        }

        return string.Join(", ", parts);
    }

    private static string Report(CommandRun run, DemoFolder folder, List<ModelRun> runs)
    {
        ReportBuilder.Write(new ReportBuilder(run.Terminal.Time).Build([.. runs.Select(r => r.Folder)], progress: run.Progress, cancellationToken: run.Cancellation), folder.Report);
        return "HTML and JSON";
    }

    private static JsonObject ToJson(DemoFolder folder, IEnumerable<ModelRun> runs) => new()
    {
        ["hospital"] = folder.Hospital,
        ["workspace"] = folder.Workspace,
        ["report"] = folder.Report,
        ["runs"] = new JsonArray([.. runs.Select(r => (JsonNode)new JsonObject
        {
            ["model"] = r.Manifest.Model,
            ["run"] = r.Folder.Path,
            ["decision_f1"] = r.Scores.Mean("decision")?.Score.Value,
            ["risk_auroc"] = r.Scores.Mean("risk")?.Score.Value,
        })]),
    };
}
