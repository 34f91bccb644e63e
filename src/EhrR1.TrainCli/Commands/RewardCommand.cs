using System.CommandLine;
using System.Globalization;
using System.Net;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Knowledge;
using EhrR1.Reasoning;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Serves the reward of reinforcement learning over HTTP.</summary>
internal sealed class RewardCommand : CliCommand
{
    private static readonly RewardServerOptions _bounds = new();

    private readonly Argument<string> _action = new("action") { Description = "What to do: serve the reward over HTTP.", HelpName = "serve" };
    private readonly Option<int> _port = new("--port") { Description = "The port to listen at; 0 for any free one.", HelpName = "N", DefaultValueFactory = _ => _bounds.Port };
    private readonly Option<string> _host = new("--host") { Description = "The address to listen at. The default lets only this machine in; 0.0.0.0 lets in every machine that reaches this one, without asking who it is.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _workspace = new("--workspace") { Description = "The workspace that the prompts were made of: it gives the samples and graphs that the grounding term needs, and the labels that the tolerant reading needs.", HelpName = "WORKSPACE" };
    private readonly Option<string?> _terminology = new("--terminology") { Description = "A terminology in which the grounding term looks for relations that a sample's graph lacks. The default is none.", HelpName = "FILE" };
    private readonly Option<double> _accuracy = Weight("--accuracy", "Weight of the accuracy: set F1 of a decision's lines, yes or no of a risk.", 1);
    private readonly Option<double> _format = Weight("--format", "Weight of the format: 1 where think tags, headings and lines are as published, else -1.", 1);
    private readonly Option<double> _grounding = Weight("--grounding", "Weight of the grounding of a decision's chain in its record and graph; needs --workspace. The published reward has none.", 0);
    private readonly Option<double> _calibration = Weight("--calibration", "Weight of the calibration of a risk's P(yes). The published reward has none.", 0);
    private readonly Option<double?> _riskAccuracy = new("--risk-accuracy") { Description = "Weight of a risk's yes or no. The default is that of --accuracy, or 0 where --calibration is weighted.", HelpName = "WEIGHT" };
    private readonly Option<string> _rule = CommonOptions.Word("--calibration-rule", "How P(yes) is rewarded: Brier or log score of it, or brier-step, which also tells the completions of one prompt apart (docs/training-on-a-cluster.md).", "brier", "brier", "log", "brier-step");
    private readonly Option<string> _reading = CommonOptions.Word("--reading", "How a decision's answer is read: one item a line, or however it is dressed.", "strict", "strict", "tolerant");
    private readonly Option<string> _riskThinking = CommonOptions.Word("--risk-thinking", "What a risk's thinking holds: nothing, as published, or evidence for and against and a probability.", "none", "none", "two-sided");
    private readonly Option<bool> _opened = new("--prompt-opens-thinking") { Description = "The chat template itself writes <think>, so that completions begin within it." };
    private readonly Option<string> _memory = CommonOptions.Memory();

    public RewardCommand()
        : base(
            "reward",
            "Serves the reward of reinforcement learning over HTTP, for training engines on a cluster.",
            "ehr-r1 reward serve --port 8100",
            "ehr-r1 reward serve --host 0.0.0.0 --workspace workspace --grounding 0.5 --calibration 1")
    {
        _action.AcceptOnlyFromAmong("serve");
        _memory.Description = "How much memory the bodies of requests may take at once; further ones wait.";
        _memory.DefaultValueFactory = _ => "256MiB";
        Arguments.Add(_action);
        foreach (var option in (Option[])[_port, _host, _workspace, _terminology, _accuracy, _format, _grounding, _calibration, _riskAccuracy, _rule, _reading, _riskThinking, _opened, _memory])
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_workspace);

    public override async Task<int> RunAsync(CommandRun run)
    {
        var options = OptionsOf(run);
        var bounds = BoundsOf(run);
        using var workspace = run.PathOf(_workspace) is { } folder ? Workspace.Open(folder) : null;
        using var terminology = run.PathOf(_terminology) is { } path ? Terminology.Open(path) : null;
        using var contexts = workspace is null ? null : WorkspaceContexts.Open(workspace, GraphStage.Folder, cancellationToken: run.Cancellation);
        var grounding = options.Weights.Grounding > 0 && contexts is not null ? new GroundingCheck(contexts.Names, terminology, options.Grounding) : null;
        await using var server = await RewardServer.StartAsync(new RewardFunction(options, grounding, contexts is null ? null : contexts.VocabularyOf), contexts, bounds, run.Cancellation).ConfigureAwait(false);
        if (!IPAddress.IsLoopback(bounds.Host))
            run.Say($"Warning: every machine that reaches {bounds.Host} can send completions here, and they hold what patients' records say. Nothing is encrypted and nobody is asked who they are: keep it within the cluster's own network.");
        run.Out.WriteLine($"Serving the reward at {server.Address}reward");
        // Said in any case: a stop that comes already now ends a server that was ready.
        await run.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Terminal.Time, run.Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // How a server ends: requests that are being answered are answered before it goes.
        }

        return ExitCode.Done;
    }

    private RewardOptions OptionsOf(CommandRun run) => new()
    {
        Weights = new RewardWeights { Accuracy = run.Get(_accuracy), RiskAccuracy = run.Get(_riskAccuracy), Format = run.Get(_format), Grounding = run.Get(_grounding), Calibration = run.Get(_calibration) },
        Calibration = run.Get(_rule) switch { "log" => CalibrationRule.Log, "brier-step" => CalibrationRule.BrierStep, _ => CalibrationRule.Brier },
        Reading = run.Get(_reading) == "tolerant" ? RewardReading.Tolerant : RewardReading.Strict,
        RiskTemplate = run.Get(_riskThinking) == "none" ? null : run.Get(_riskThinking),
        PromptOpensThinking = run.Get(_opened),
    };

    private RewardServerOptions BoundsOf(CommandRun run)
    {
        if (run.Get(_port) is not (>= 0 and <= 65_535))
            throw CommandRun.UserError(string.Create(CultureInfo.InvariantCulture, $"--port must be from 0 to 65535, not {run.Get(_port)}"), "Choose a free port, such as 8100");
        var named = run.Get(_host)!;
        var host = named == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(named, out var address) ? address : throw CommandRun.UserError($"'{named}' is no address of this machine for --host", "Give an IP address, such as 127.0.0.1 or 0.0.0.0");
        return _bounds with { Host = host, Port = run.Get(_port), MostBytesAtOnce = MemorySize.Parse(run.Get(_memory)!) };
    }

    private static Option<double> Weight(string name, string description, double ifNotSet) => new(name) { Description = description, HelpName = "WEIGHT", DefaultValueFactory = _ => ifNotSet };
}
