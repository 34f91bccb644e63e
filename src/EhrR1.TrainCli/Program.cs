using EhrR1.Cli;
using EhrR1.TrainCli;

using var terminal = CliTerminal.OfProcess();
using var stop = new CancellationTokenSource();
using var signals = StopSignals.Cancel(stop);
return await CliApplication.RunAsync(TrainingCommands.Create(), args, terminal, stop.Token);
