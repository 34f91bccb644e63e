using System.Runtime.InteropServices;

namespace EhrR1.Cli;

/// <summary>Turns Ctrl-C and a request to end into a cancellation, so that a stage ends between two files.</summary>
/// <remarks>A second Ctrl-C ends the process at once; what is on disk is whole all the same.</remarks>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    private StopSignals()
    {
    }

    public static StopSignals Cancel(CancellationTokenSource source)
    {
        var signals = new StopSignals();
        foreach (var signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            signals._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !source.IsCancellationRequested;
                source.Cancel();
            }));
        }

        return signals;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
