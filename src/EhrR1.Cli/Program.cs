using EhrR1.Cli;

using var terminal = CliTerminal.OfProcess();
using var stop = new CancellationTokenSource();
using var signals = StopSignals.Cancel(stop);
return await CliApplication.RunAsync(args, terminal, stop.Token);
