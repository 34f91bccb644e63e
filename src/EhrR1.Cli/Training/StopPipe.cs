using System.Diagnostics;
using System.IO.Pipes;

namespace EhrR1.Cli;

/// <summary>A pipe that ends when a process which was started is to stop, or when the one that started it is gone, however it went.</summary>
/// <remarks>A signal passed on would come a second time where the terminal has sent it to both, which ends a program at once, and not at all where this one is killed.</remarks>
internal sealed class StopPipe : IDisposable
{
    /// <summary>The environment variable that names the reading end to the process that was started.</summary>
    public const string Variable = "EHR_R1_STOP_PIPE";

    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.Inheritable);

    /// <summary>Starts a process that gets the reading end.</summary>
    /// <exception cref="Charts.EhrR1Exception">It cannot be started.</exception>
    public Process Start(ProcessStartInfo start)
    {
        start.Environment[Variable] = _pipe.GetClientHandleAsString();
        var process = TrainingProgram.Start(start);
        _pipe.DisposeLocalCopyOfClientHandle();
        return process;
    }

    /// <summary>Tells the process to stop.</summary>
    public void Dispose() => _pipe.Dispose();

    /// <summary>In the process that was started: cancels when the pipe ends.</summary>
    /// <param name="end">The reading end as <see cref="Variable"/> has it; empty where this process was started otherwise.</param>
    /// <param name="stop">What is cancelled.</param>
    public static Task WatchAsync(string? end, CancellationTokenSource stop)
    {
        if (string.IsNullOrEmpty(end))
            return Task.CompletedTask;
        // The end is this process's own; what it starts must not look for it.
        Environment.SetEnvironmentVariable(Variable, null);
        return Task.Factory.StartNew(() => AwaitEnd(end, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static void AwaitEnd(string end, CancellationTokenSource stop)
    {
        try
        {
            using (var pipe = new AnonymousPipeClientStream(PipeDirection.In, end))
            {
                while (pipe.ReadByte() >= 0)
                {
                }
            }

            stop.Cancel();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or ObjectDisposedException)
        {
            // The variable names no pipe of this process, or the program has come to its end by itself.
        }
    }
}
