using System.Diagnostics;

namespace EhrR1.Requests.Benchmarks;

/// <summary>The server in a process of its own, which ends with this one.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public static ServerProcess Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under `dotnet X.dll` the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        start.ArgumentList.Add("--serve");
        var process = Process.Start(start)!;
        return new ServerProcess(process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start."));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
