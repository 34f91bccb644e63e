using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>Draws EHR-Bench.</summary>
internal sealed class BenchCommand : CliCommand
{
    private readonly Argument<string> _workspace = CommonOptions.Workspace();
    private readonly Option<int> _perTask = CommonOptions.Count("--per-task", "How many samples of test patients each task gets at most.", BenchStage.PerTask);
    private readonly Option<bool> _balance = new("--balance") { Description = "Draw as many yes as no for each risk task, as many as the rarer of the two has." };
    private readonly Option<bool> _json = JsonOption("Print what was written as JSON.");

    public BenchCommand()
        : base("bench", "Draws EHR-Bench from the test patients and writes it as JSON Lines into the workspace's folder 'bench'.", "ehr-r1 bench workspace", "ehr-r1 bench workspace --per-task 200 --balance")
    {
        Arguments.Add(_workspace);
        foreach (var option in (ReadOnlySpan<Option>)[_perTask, _balance, _json])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        using var workspace = Workspace.OpenForWriting(run.PathOf(_workspace));
        await EarlierStages.NeedAsync(run, workspace, benchmark: false).ConfigureAwait(false);
        var wasCurrent = BenchStage.Run(workspace, BenchStage.Options(workspace, run.Get(_perTask), run.Get(_balance)), run.Progress, run.Cancellation);
        var record = workspace.Stage(BenchStage.Name)!;
        if (run.Get(_json))
        {
            run.WriteJson(new JsonObject
            {
                ["workspace"] = workspace.Folder,
                ["was_up_to_date"] = wasCurrent,
                ["decision_making"] = (long)record.Counts["decision_making"]!,
                ["risk_prediction"] = (long)record.Counts["risk_prediction"]!,
                ["files"] = new JsonArray([.. record.Outputs.Select(o => (JsonNode)new JsonObject { ["path"] = workspace.PathOf(o.Path), ["bytes"] = o.Bytes, ["sha256"] = o.Sha256 })]),
            });
            return ExitCode.Done;
        }

        run.Out.WriteLine($"EHR-Bench{(wasCurrent ? " is up to date" : "")}: {(long)record.Counts["decision_making"]!:#,0} decisions and {(long)record.Counts["risk_prediction"]!:#,0} risk predictions in {workspace.PathOf(BenchmarkFiles.Folder)}");
        run.Out.WriteLine($"Next: ehr-r1 eval {ShellText.Of(workspace.Folder)} --model gbm");
        return ExitCode.Done;
    }
}
