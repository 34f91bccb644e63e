namespace EhrR1.Cli.Tests;

/// <summary>What a command printed and its exit code.</summary>
internal sealed record Ran(int Code, string Out, string Error);

/// <summary>Runs commands in the process, as the launcher would.</summary>
internal static class Runner
{
    public static Task<Ran> RunAsync(params string[] arguments) => RunInAsync(Path.GetTempPath(), arguments);

    public static async Task<Ran> RunInAsync(string folder, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new CliTerminal(output, error) { Folder = folder };
        var code = await CliApplication.RunAsync(arguments, terminal, TestContext.Current.CancellationToken);
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command that must succeed.</summary>
    public static async Task<Ran> SucceedInAsync(string folder, params string[] arguments)
    {
        var ran = await RunInAsync(folder, arguments);
        ran.Code.ShouldBe(ExitCode.Done, $"ehr-r1 {string.Join(' ', arguments)}\n{ran.Error}");
        return ran;
    }
}
