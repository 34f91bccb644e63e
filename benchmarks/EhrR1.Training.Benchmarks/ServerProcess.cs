using System.Diagnostics;
using EhrR1.Models;

namespace EhrR1.Training.Benchmarks;

/// <summary>The model server in a process of its own, which ends with this one.</summary>
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

    public static ServerProcess Start(string folder, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under `dotnet X.dll` the process is dotnet itself.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        foreach (var argument in (string[])["--serve", folder, $"{threads}"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        return new ServerProcess(process, new Uri(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.")));
    }

    /// <summary>Serves until the process that started it closes its input; writes its address first.</summary>
    public static async Task ServeAsync(string folder, int threads)
    {
        using var model = ModelFolder.LoadModel(folder, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads) });
        using var worker = new GenerationWorker(model, ModelFolder.LoadTokenizer(folder, model.Config));
        await using var server = await ModelServer.StartAsync("nano", worker, ChatTemplate.Load(folder), options: new ServingOptions { Port = 0 });
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5_000);
        _process.Dispose();
    }
}
