using System.Diagnostics;

namespace EhrR1.Benchmarks;

/// <summary>A server in a process of its own, which ends with this one: the benchmark itself, started with <c>--serve</c>.</summary>
/// <remarks>A source that the projects share: each has its server, all start it alike.</remarks>
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

    /// <summary>Starts this program with <c>--serve</c> and the arguments, and waits for the address, which it writes first.</summary>
    public static ServerProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under `dotnet X.dll` the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        foreach (var argument in (string[])["--serve", .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        return new ServerProcess(process, new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>What a server does when it is ready: it writes its address and waits until the process that started it closes its input.</summary>
    public static async Task ServeAsync(Uri address)
    {
        Console.WriteLine(address);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5_000);
        _process.Dispose();
    }
}
