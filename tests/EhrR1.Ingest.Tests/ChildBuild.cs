using System.Diagnostics;

namespace EhrR1.Ingest.Tests;

/// <summary>A build in a process of its own, which kills itself at a given report of progress.</summary>
public sealed class ChildBuild
{
    private const string Source = "EHR_R1_TEST_CHILD_SOURCE";
    private const string Target = "EHR_R1_TEST_CHILD_WORKSPACE";
    private const string KillAt = "EHR_R1_TEST_CHILD_KILL_AT";

    /// <summary>Starts this test assembly with the one test below.</summary>
    internal static Process Start(string source, string workspace, int report)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildBuild).Assembly.Location, "--explicit", "only", "--filter-method", $"{typeof(ChildBuild).FullName}.{nameof(Child_Build_RunsOrDies)}"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Source] = source;
        start.Environment[Target] = workspace;
        start.Environment[KillAt] = $"{report}";
        return Process.Start(start)!;
    }

    [Fact(Explicit = true)]
    public async Task Child_Build_RunsOrDies()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Source) is not null, "Runs as a child of other tests.");
        var die = new ResumeTests.AtReport(int.Parse(Environment.GetEnvironmentVariable(KillAt)!), Process.GetCurrentProcess().Kill);
        await Build.Run(Environment.GetEnvironmentVariable(Source)!, Environment.GetEnvironmentVariable(Target)!, ResumeTests.Small, die);
    }
}
