using System.Diagnostics;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli;

/// <summary>A model folder that the training program serves on a free port of this machine, for as long as this lives.</summary>
/// <remarks>
/// The server's standard input is a pipe that this process holds: it ends with it, also where this process is killed. Nothing of what is asked
/// passes through here.
/// </remarks>
internal sealed class ServedFolder : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Queue<string> _said = new();
    private readonly Task _reading;
    private readonly TimeProvider _time;

    private ServedFolder(Process process, TimeProvider time)
    {
        (_process, _time) = (process, time);
        _reading = ReadErrorsAsync();
    }

    /// <summary>Where it is asked, with the model's name.</summary>
    public EndpointAddress Address { get; private set; } = null!;

    /// <summary>The server's process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <param name="terminal">The folder, clock and environment of the caller.</param>
    /// <param name="folder">The model folder.</param>
    /// <param name="options">Further options of <c>serve</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EhrR1Exception">The training program is not installed, or could not serve the model; the message has its words.</exception>
    public static async Task<ServedFolder> StartAsync(CliTerminal terminal, string folder, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var start = TrainingProgram.StartInfo(terminal, ["serve", folder, "--port", "0", "--until-input-ends", "--json", .. options]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var served = new ServedFolder(TrainingProgram.Start(start), terminal.Time);
        try
        {
            using var patience = new CancellationTokenSource(_patience, terminal.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                served.Address = await served.ReadAddressAsync(folder, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new EhrR1Exception("The model was not ready within ten minutes", folder, "Look whether 'ehr-r1 serve' starts with it, and give its address instead of the folder");
            }

            return served;
        }
        catch
        {
            await served.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the server: first by asking it to, then by force.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        using (var patience = new CancellationTokenSource(_grace, _time))
        {
            try
            {
                await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<EndpointAddress> ReadAddressAsync(string folder, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!line.StartsWith('{'))
                continue;
            using var ready = JsonDocument.Parse(line);
            return EndpointAddress.Parse($"{ready.RootElement.GetProperty("address").GetString()}#{ready.RootElement.GetProperty("model").GetString()}");
        }

        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw new EhrR1Exception($"The model cannot be served. The training program said: {Said()}", folder, "Mend that, then run the command again");
    }

    private string Said()
    {
        // Its own error says everything; without one the last lines are all there is.
        const string Mark = "Error: ";
        return (_said.LastOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal))?[Mark.Length..] ?? (_said.Count > 0 ? string.Join(" / ", _said) : "nothing")).TrimEnd('.');
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            _said.Enqueue(line);
            if (_said.Count > LinesKept)
                _said.Dequeue();
        }
    }
}
