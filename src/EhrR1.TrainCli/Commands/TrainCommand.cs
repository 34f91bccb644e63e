using System.CommandLine;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>Trains models, here or by export on a cluster; each action is a class of its own.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly Argument<string> _action;
    private readonly Argument<string[]> _operands = new("operands") { Description = "Export: the engine, trl or verl, and the workspace.", HelpName = "WHAT", Arity = ArgumentArity.ZeroOrMore };
    private readonly IReadOnlyList<TrainAction> _actions;

    public TrainCommand()
        : base(
            "train",
            "Trains a model in the paper's three stages: domain adaptation, reasoning enhancement, reinforcement learning.",
            "ehr-r1 train export trl workspace --model Qwen/Qwen3-8B --nodes 2 --gpus 8 --slurm --out cluster",
            "ehr-r1 train export verl workspace --model Qwen/Qwen3-8B --gpus 8 --reasoning ehr-ins-reason --out cluster")
    {
        var shared = new TrainOptions();
        _actions = [new TrainExport(shared)];
        _action = new Argument<string>("action") { Description = "What to do: write all that TRL or verl needs to train on a cluster.", HelpName = string.Join('|', _actions.Select(a => a.Name)) };
        _action.AcceptOnlyFromAmong([.. _actions.Select(a => a.Name)]);
        Arguments.Add(_action);
        Arguments.Add(_operands);
        foreach (var option in shared.All.Concat(_actions.SelectMany(a => a.Options)))
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_action) == "export" && parsed.GetValue(_operands) is [_, var workspace, ..] ? workspace : null;

    public override Task<int> RunAsync(CommandRun run) => _actions.First(a => a.Name == run.Get(_action)).RunAsync(run, run.Get(_operands));
}
