using EhrR1.Cli;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

/// <summary>Runs commands of the training program in the process.</summary>
internal static class TrainingRunner
{
    public static async Task<(int Code, string Out, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new CliTerminal(output, error) { Folder = folder };
        var code = await CliApplication.RunAsync(TrainingCommands.Create(), arguments, terminal, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
