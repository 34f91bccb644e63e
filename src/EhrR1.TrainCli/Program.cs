using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>The program <c>ehr-r1-train</c>.</summary>
/// <remarks>A class of its own: of statements alone the web framework, which the servers need, would make a public one.</remarks>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var terminal = CliTerminal.OfProcess();
        using var stop = new CancellationTokenSource();
        using var signals = StopSignals.Cancel(stop);
        _ = StopPipe.WatchAsync(terminal.Variable(StopPipe.Variable), stop);
        return await CliApplication.RunAsync(TrainingCommands.Create(), arguments, terminal, stop.Token).ConfigureAwait(false);
    }
}
