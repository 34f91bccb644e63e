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
    private readonly Argument<string> _workspace = new("workspace") { Description = "The workspace whose benchmark is asked; drawn with the defaults if it is missing.", HelpName = "WORKSPACE" };
    private readonly Option<string> _model = new("--model")
    {
        Description = "The model: prior answers what is most frequent in training, copy-last repeats the last event of the asked type, gbm grows trees on event counts.",
        HelpName = string.Join('|', Baselines.Names),
        Required = true,
    };

    private readonly Option<string?> _out = new("--out") { Description = "The run's folder. The default is runs/<model>-<n> in the workspace.", HelpName = "FOLDER" };
    private readonly Option<string[]> _tasks = CommonOptions.TaskList("--tasks", "Ask these tasks only, separated by commas. The default is all.");
    private readonly Option<int?> _limit = CommonOptions.Limit("--limit", "Ask this many samples a task at most, the first of the benchmark. The default is all.");
    private readonly Option<bool> _asJson = JsonOption("Print the scores as JSON.");

    public EvalCommand()
        : base("eval", "Runs a model over the benchmark and scores it. A run that was stopped goes on where it stopped.", "ehr-r1 eval workspace --model gbm", "ehr-r1 eval workspace --model prior --tasks Inpatient_Mortality,labevents --json")
    {
        _model.AcceptOnlyFromAmong([.. Baselines.Names]);
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_model, _out, _tasks, _limit, _asJson])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var source = run.PathOf(_workspace);
        Baselines.Require(run.Get(_model)!);
        using (var workspace = Workspace.OpenForWriting(source))
            await EarlierStages.NeedAsync(run, workspace, benchmark: true).ConfigureAwait(false);
        var options = new EvaluationOptions { Source = source, Out = run.PathOf(_out), Tasks = CommonOptions.NamesIn(run.Get(_tasks)), Limit = run.Get(_limit) };
        var done = await ModelRun.RunAsync(run.Get(_model)!, options, run.Terminal, run.Progress, run.Cancellation).ConfigureAwait(false);
        if (run.Get(_asJson))
            run.WriteJson(ToJson(done));
        else
            Write(run, done, source);
        return done.Manifest.State == RunState.Partial ? Left(run, done.Manifest) : ExitCode.Done;
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
        run.Out.WriteLine($"Decision tasks, mean F1:    {ScoreText.Of(done.Scores.Mean("decision"))}");
        run.Out.WriteLine($"Risk tasks, mean AUROC:     {ScoreText.Of(done.Scores.Mean("risk"))}");
        run.Out.WriteLine($"{done.Manifest.Answered:#,0} of {done.Manifest.Samples:#,0} samples answered; the run is in {done.Folder.Path}");
        run.Out.WriteLine($"Next: ehr-r1 report {ShellText.Of(source)}");
    }

    private static int Left(CommandRun run, RunManifest manifest)
    {
        run.Say($"{manifest.Errors:#,0} samples are left: the model's calls failed. Give the same command again to ask them; their ids stand in the run's answers.jsonl with an error.");
        return ExitCode.Partial;
    }
}
