using System.ComponentModel;
using System.Diagnostics;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>The program with libtorch in it, <c>ehr-r1-train</c>: a process of its own, so that all other commands stay small and start fast.</summary>
public static class TrainingProgram
{
    /// <summary>The environment variable that names the program; the launcher sets it.</summary>
    public const string Variable = "EHR_R1_TRAIN";

    private const string Name = "ehr-r1-train";

    // Where a published program has it: a folder of its own, since it brings a runtime with other parts.
    private const string Folder = "train";

    /// <summary>The commands that are carried out there, as the help lists them.</summary>
    internal static IEnumerable<CliCommand> Commands() =>
    [
        new ForwardedCommand("train", "Trains a model in the paper's three stages: domain adaptation, reasoning enhancement, reinforcement learning.", "ehr-r1 train all --preset nano --workspace workspace --out ehr-r1-nano"),
        new ForwardedCommand("generate", "Lets a model folder write on from a prompt.", "ehr-r1 generate ehr-r1-nano \"Aspirin is\""),
        new ForwardedCommand("serve", "Serves a model folder as an OpenAI-compatible endpoint on this machine.", "ehr-r1 serve ehr-r1-nano --port 8000"),
        new ForwardedCommand("reward", "Serves the reward of reinforcement learning over HTTP, for training engines on a cluster.", "ehr-r1 reward serve --port 8100"),
        new ForwardedCommand("plan", "Says how much memory and time a training stage needs, with the formulas.", "ehr-r1 plan Qwen/Qwen3-8B --gpus 1x80 --stage sft"),
    ];

    /// <summary>Runs the training program with its streams this process's own, and gives its exit code.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="terminal">Folder and environment.</param>
    /// <param name="cancellationToken">Lets it stop as a Ctrl-C does; its end is awaited all the same.</param>
    /// <exception cref="EhrR1Exception">The program is not installed or cannot be started.</exception>
    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliTerminal terminal, CancellationToken cancellationToken)
    {
        await terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        using var stop = new StopPipe();
        using var process = stop.Start(StartInfo(terminal, arguments));
        // Its end is awaited, however long: a training writes a checkpoint. A second Ctrl-C ends both at once.
        using (cancellationToken.Register(stop.Dispose))
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return process.ExitCode;
    }

    /// <summary>How the training program is started with some arguments: the program that <see cref="Variable"/> names, or the one beside this or in its folder <c>train</c>.</summary>
    /// <exception cref="EhrR1Exception">It is not installed.</exception>
    public static ProcessStartInfo StartInfo(CliTerminal terminal, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, WorkingDirectory = terminal.Folder };
        var program = Locate(terminal);
        start.FileName = program.EndsWith(".dll", StringComparison.Ordinal) ? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet" : program;
        if (start.FileName != program)
            start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="EhrR1Exception">It cannot be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new EhrR1Exception($"The training program cannot be started: {e.Message}", start.FileName, $"Check that the file is there and may be run, or name another in {Variable}", e);
        }
    }

    /// <summary>The training program in a program's folder or in the folder <c>train</c> of that, or <see langword="null"/>.</summary>
    internal static string? FindIn(string folder)
    {
        foreach (var place in (ReadOnlySpan<string>)[folder, Path.Combine(folder, Folder)])
        {
            foreach (var file in (ReadOnlySpan<string>)[Name + ".exe", Name, Name + ".dll"])
            {
                if (Path.Combine(place, file) is var found && File.Exists(found))
                    return found;
            }
        }

        return null;
    }

    /// <summary>What to do where the training program is missing.</summary>
    internal static string Advice(bool isWindows)
    {
        var from = isWindows
            ? "On Windows the launcher does not build it: publish both with 'eng/publish --with-training win-x64', and start what that writes"
            : "From a checkout, start ./ehr-r1, which builds it";
        return $"{from}; else put {Name} of the same version into this folder or into its folder '{Folder}', or name it in {Variable}";
    }

    private static string Locate(CliTerminal terminal)
    {
        if (terminal.Variable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new EhrR1Exception($"{Variable} names a file that is not there", named, $"Correct {Variable}, or unset it");
        }

        return FindIn(AppContext.BaseDirectory)
            ?? throw new EhrR1Exception($"Training needs the program {Name}, which is not beside this one", AppContext.BaseDirectory, Advice(OperatingSystem.IsWindows()));
    }
}
