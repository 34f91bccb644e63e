using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Training.Benchmarks;

/// <summary>PyTorch in a process of its own; it stands still between two rounds.</summary>
internal sealed class Yardstick : IDisposable
{
    private readonly Process _process;

    private Yardstick(Process process, string version) => (_process, Version) = (process, version);

    /// <summary>PyTorch's version and the model's parameters there.</summary>
    public string Version { get; }

    /// <summary>Starts it, or gives <see langword="null"/> where there is no such interpreter or no PyTorch.</summary>
    public static Yardstick? Start(string python, int threads, int batch, int tokens, ModelConfig config, int rounds, int generated = 0)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "yardstick.py"));
        foreach (var number in new[] { threads, batch, tokens, config.VocabularySize, config.HiddenSize, config.IntermediateSize, config.Layers, config.Heads, config.KeyValueHeads, config.HeadSize, rounds, generated })
            start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        try
        {
            var process = Process.Start(start)!;
            return process.StandardOutput.ReadLine() is { Length: > 0 } version ? new Yardstick(process, version) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Lets it do a round.</summary>
    /// <returns>Tokens a second by the clock and by the processor.</returns>
    public (double Wall, double Cpu)? Round()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine()?.Split(' ') is [var wall, var cpu] ? (double.Parse(wall, CultureInfo.InvariantCulture), double.Parse(cpu, CultureInfo.InvariantCulture)) : null;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
