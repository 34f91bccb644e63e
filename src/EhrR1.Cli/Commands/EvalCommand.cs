using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>Runs a model over a benchmark and scores it.</summary>
internal sealed class EvalCommand : CliCommand
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Argument<string> _workspace = new("workspace") { Description = "The workspace whose benchmark is asked, drawn with the defaults if it is missing; or a file of EHR-Bench, ours or the release's, or a folder of them.", HelpName = "WORKSPACE|FILE" };
    private readonly Option<string> _model = new("--model")
    {
        Description = "The model: the base address of an OpenAI-compatible endpoint and the model's name there; a model folder, which is served on this machine while it is asked; or a baseline: prior answers what is most frequent in training, copy-last repeats the last event of the asked type, gbm grows trees on event counts.",
        HelpName = $"ENDPOINT#NAME|FOLDER|{string.Join('|', Baselines.Names)}",
        Required = true,
    };

    private readonly Option<string?> _out = new("--out") { Description = "The run's folder. The default is runs/<model>-<n> in the workspace.", HelpName = "FOLDER" };
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Ask these tasks only, separated by commas. The default is all.");
    private readonly Option<int?> _limit = CommonOptions.Limit("--limit", "Ask this many samples a task at most, the first of the benchmark. The default is all.");
    private readonly EndpointChoice _endpoint = new();
    private readonly Option<string> _device = new("--device") { Description = "Where a model folder is computed: cpu, or cuda with a training program that was built for it.", HelpName = "cpu|cuda", DefaultValueFactory = _ => "cpu" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say how many requests and tokens it would take, what they would cost, and show one whole prompt. The endpoint is not reached." };
    private readonly Option<bool> _asJson = JsonOption("Print the scores as JSON.");

    public EvalCommand()
        : base("eval", "Runs a model over the benchmark and scores it. A run that was stopped goes on where it stopped.", "ehr-r1 eval workspace --model gbm", "ehr-r1 eval workspace --model http://127.0.0.1:8000/v1#Qwen3-8B --no-think --limit 100", "ehr-r1 eval workspace --model ehr-r1-nano", "ehr-r1 eval ehr_bench_risk_prediction.jsonl --model http://127.0.0.1:8000/v1#Qwen3-8B --dry-run")
    {
        _model.CompletionSources.Add([.. Baselines.Names]);
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_model, _out, _tasks, _limit])
            Options.Add(option);
        _endpoint.AddTo(this);
        Options.Add(_device);
        Options.Add(_dryRun);
        Options.Add(_asJson);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var source = run.PathOf(_workspace);
        var name = run.Get(_model)!;
        var (folder, endpoint) = ModelOf(run, name);
        if (endpoint is null)
        {
            Baselines.Require(name);
            _endpoint.SayUnused(run, name);
        }

        if (Workspace.Exists(source))
        {
            using var workspace = Workspace.OpenForWriting(source);
            await EarlierStages.NeedAsync(run, workspace, benchmark: true).ConfigureAwait(false);
        }

        var options = new EvaluationOptions
        {
            Source = source,
            Out = run.PathOf(_out),
            Tasks = CommonOptions.NamesIn(run.Get(_tasks)),
            Limit = run.Get(_limit),
            Concurrency = run.Get(_endpoint.Concurrency) ?? 0,
        };
        if (run.Get(_dryRun))
        {
            if (endpoint is null)
                throw CommandRun.UserError("A baseline asks nobody and costs nothing: there is nothing to plan", "Leave --dry-run out, or name an endpoint");
            EvaluationDryRun.Print(run, await EvaluationPlan.MakeAsync(endpoint, options, run.Cancellation).ConfigureAwait(false), run.Get(_asJson));
            return ExitCode.Done;
        }

        var done = await AskAsync(run, name, folder, endpoint, options).ConfigureAwait(false);
        if (run.Get(_asJson))
            run.WriteJson(ToJson(done));
        else
            Write(run, done, source);
        return done.Manifest.State == RunState.Partial ? Left(run, done.Manifest) : ExitCode.Done;
    }

    // A baseline is neither; a folder is also the endpoint that it will be.
    private (ModelFolderChoice? Folder, EndpointSourceOptions? Endpoint) ModelOf(CommandRun run, string name)
    {
        if (Baselines.Names.Contains(name))
            return (null, null);
        if (EndpointAddress.IsAddress(name))
            return (null, _endpoint.Read(run, name));
        var folder = ModelFolderChoice.Find(run.Terminal.PathOf(name)) ?? throw CommandRun.UserError(
            $"'{name}' is no model for --model", $"Give one of {string.Join(", ", Baselines.Names)}, an endpoint and a model, such as http://127.0.0.1:8000/v1#Qwen3-8B, or a model folder with a config.json");
        return (folder, folder.Complete(_endpoint.Read(run, folder.Placeholder)));
    }

    private async Task<ModelRun> AskAsync(CommandRun run, string name, ModelFolderChoice? folder, EndpointSourceOptions? endpoint, EvaluationOptions options)
    {
        if (endpoint is null)
            return await ModelRun.RunAsync(new BaselineSource(name), options, run.Terminal, run.Progress, run.Cancellation).ConfigureAwait(false);
        if (folder is null)
            return await AskAsync(run, endpoint, options).ConfigureAwait(false);
        run.Say($"Starting a server for {folder.Folder} …");
        await using var served = await ServedFolder.StartAsync(run.Terminal, folder.Folder, ["--device", run.Get(_device)!], run.Cancellation).ConfigureAwait(false);
        return await AskAsync(run, endpoint with { Address = served.Address }, options).ConfigureAwait(false);
    }

    private static async Task<ModelRun> AskAsync(CommandRun run, EndpointSourceOptions endpoint, EvaluationOptions options)
    {
        using var source = await EndpointSource.OpenAsync(endpoint, run.Terminal.Time, run.Cancellation).ConfigureAwait(false);
        run.Say(EndpointText.Describe(source.Endpoint));
        return await ModelRun.RunAsync(source, options, run.Terminal, run.Progress, run.Cancellation).ConfigureAwait(false);
    }

    private static JsonObject ToJson(ModelRun done) => new()
    {
        ["run"] = done.Folder.Path,
        ["state"] = done.Manifest.State.ToString().ToLowerInvariant(),
        ["samples"] = done.Manifest.Samples,
        ["answered"] = done.Manifest.Answered,
        ["unanswered"] = done.Manifest.Unanswered,
        ["errors"] = done.Manifest.Errors,
        ["scores"] = JsonSerializer.SerializeToNode(done.Scores, _json),
    };

    private static void Write(CommandRun run, ModelRun done, string source)
    {
        ScoreText.WriteTasks(run.Out, done.Scores);
        ScoreText.WriteMeans(run.Out, done.Scores);
        if (done.Manifest.ShortOfShots > 0)
            run.Say($"{done.Manifest.ShortOfShots:#,0} samples had fewer examples than --shots asks for: the context has no room for them, or their task's pool has fewer.");
        run.Out.WriteLine($"{done.Manifest.Answered:#,0} of {done.Manifest.Samples:#,0} samples answered; the run is in {done.Folder.Path}");
        // The runs of a bare file are in no workspace.
        run.Out.WriteLine($"Next: ehr-r1 report {ShellText.Of(Workspace.Exists(source) ? source : done.Folder.Path)}");
    }

    private static int Left(CommandRun run, RunManifest manifest)
    {
        run.Say($"{manifest.Errors:#,0} samples are left: the model's calls failed. Give the same command again to ask them; their ids stand in the run's answers.jsonl with an error.");
        return ExitCode.Partial;
    }
}
