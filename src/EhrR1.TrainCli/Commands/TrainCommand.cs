using System.CommandLine;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>Trains models; each action is a class of its own.</summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly Argument<string> _action;
    private readonly IReadOnlyList<TrainAction> _actions;

    public TrainCommand()
        : base(
            "train",
            "Trains a model in the paper's three stages: domain adaptation (sft), reasoning enhancement (reason), reinforcement learning (rl).",
            "ehr-r1 train sft --model Qwen3-1.7B --data ehr-ins-direct --out ehr-r1-sft",
            "ehr-r1 train reason --model ehr-r1-sft --data ehr-ins-reason ehr-ins-direct --out ehr-r1-reason")
    {
        var shared = new TrainOptions();
        _actions = [new TrainFineTuning(shared, "sft"), new TrainFineTuning(shared, "reason")];
        _action = new Argument<string>("action") { Description = "What to do: one of the three stages.", HelpName = string.Join('|', _actions.Select(a => a.Name)) };
        _action.AcceptOnlyFromAmong([.. _actions.Select(a => a.Name)]);
        Arguments.Add(_action);
        foreach (var option in shared.All.Concat(_actions.SelectMany(a => a.Options)))
            Options.Add(option);
    }

    public override Task<int> RunAsync(CommandRun run) => _actions.First(a => a.Name == run.Get(_action)).RunAsync(run);
}
