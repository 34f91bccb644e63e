using System.Diagnostics;
using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Training;

namespace EhrR1.Rewards.Benchmarks;

/// <summary>The reward server in a process of its own, which ends with this one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The processor's time that it has used, of all cores.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it has had, in MB.</summary>
    public double PeakMb
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    public static ServerProcess Start(string? workspace)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under `dotnet X.dll` the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add("--serve");
        if (workspace is not null)
            start.ArgumentList.Add(workspace);
        var process = Process.Start(start)!;
        return new ServerProcess(process, new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>Serves until the process that started it closes its input; writes its address first. With a workspace the grounding term is weighted.</summary>
    public static async Task ServeAsync(string? folder)
    {
        using var workspace = folder is null ? null : Workspace.Open(folder);
        using var contexts = workspace is null ? null : WorkspaceContexts.Open(workspace, "graphs");
        var options = new RewardOptions { Weights = new RewardWeights { Grounding = contexts is null ? 0 : 0.5 } };
        var function = new RewardFunction(options, contexts is null ? null : new GroundingCheck(contexts.Names, options: options.Grounding), contexts is null ? null : contexts.VocabularyOf);
        await using var server = await RewardServer.StartAsync(function, contexts, new RewardServerOptions { Port = 0 });
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
