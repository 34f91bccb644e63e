using System.ComponentModel;
using System.Diagnostics;

namespace EhrR1.Training.Tests;

/// <summary>Runs programs that a machine may lack.</summary>
internal static class Shell
{
    /// <summary>The exit code and all that was printed, or <see langword="null"/> where there is no such program.</summary>
    public static async Task<(int Code, string Text)?> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
