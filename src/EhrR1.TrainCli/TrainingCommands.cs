using System.CommandLine;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>The commands that need libtorch or belong to training, in the order in which a user meets them.</summary>
internal static class TrainingCommands
{
    public static RootCommand Create() => CommandTree.Create("Trains models on patient charts, serves them and rewards their answers.", [new TrainCommand(), new GenerateCommand(), new ServeCommand(), new RewardCommand(), new PlanCommand()]);
}
