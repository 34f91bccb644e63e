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
            "Trains a model in the paper's three stages: domain adaptation (sft), reasoning enhancement (reason), reinforcement learning (rl).",
            "ehr-r1 train sft --model Qwen3-1.7B --data ehr-ins-direct --out ehr-r1-sft",
            "ehr-r1 train reason --model ehr-r1-sft --data ehr-ins-reason ehr-ins-direct --out ehr-r1-reason",
            "ehr-r1 train rl --model ehr-r1-reason --data ehr-ins-rl --out ehr-r1-rl",
            "ehr-r1 train all --preset nano --workspace workspace --out ehr-r1-nano",
            "ehr-r1 train ablate --preset nano --workspace workspace --out ehr-r1-nano",
            "ehr-r1 train export trl workspace --model Qwen/Qwen3-8B --nodes 2 --gpus 8 --slurm --out cluster",
            "ehr-r1 train export verl workspace --model Qwen/Qwen3-8B --gpus 8 --reasoning ehr-ins-reason --out cluster")
    {
        var shared = new TrainOptions();
        var all = new TrainAll(shared);
        _actions = [new TrainFineTuning(shared, "sft"), new TrainFineTuning(shared, "reason"), new TrainReinforcement(shared), all, new TrainAblate(shared, all), new TrainExport(shared)];
        _action = new Argument<string>("action") { Description = "What to do: one of the three stages, all in a row with a small model, the same with one part left out at a time, or write all that TRL or verl needs to train on a cluster.", HelpName = string.Join('|', _actions.Select(a => a.Name)) };
        _action.AcceptOnlyFromAmong([.. _actions.Select(a => a.Name)]);
        Arguments.Add(_action);
        Arguments.Add(_operands);
        foreach (var option in shared.All.Concat(_actions.SelectMany(a => a.Options)))
            Options.Add(option);
    }

    public override string? WorkspaceOf(ParseResult parsed) => parsed.GetValue(_action) == "export" && parsed.GetValue(_operands) is [_, var workspace, ..] ? workspace : null;

    public override Task<int> RunAsync(CommandRun run) => _actions.First(a => a.Name == run.Get(_action)).RunAsync(run, run.Get(_operands));
}
