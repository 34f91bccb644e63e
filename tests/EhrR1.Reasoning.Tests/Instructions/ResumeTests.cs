using EhrR1.Charts;

namespace EhrR1.Reasoning.Tests;

/// <summary>The same bytes whatever the threads, and whenever a run was stopped.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(InstructionKind.Direct, InstructionFormat.Parquet)]
    [InlineData(InstructionKind.Direct, InstructionFormat.JsonLines)]
    [InlineData(InstructionKind.Reinforcement, InstructionFormat.Parquet)]
    public void Write_AnyNumberOfThreads_WritesTheSameBytes(InstructionKind kind, InstructionFormat format)
    {
        using var workspace = new InsWorkspace();
        workspace.Write("one", new InstructionOptions { Threads = 1, CasesPerFile = 20, Format = format }, kind);

        workspace.Write("four", new InstructionOptions { Threads = 4, CasesPerFile = 20, Format = format }, kind).Files.Count.ShouldBeGreaterThan(2);

        workspace.Hashes("four").ShouldBe(workspace.Hashes("one"));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.97)]
    public void Write_AfterOneThatWasStopped_GoesOnAndEndsWithTheSameBytes(double share)
    {
        using var workspace = new InsWorkspace();
        var options = new InstructionOptions { CasesPerFile = 20, Threads = 1 };
        var whole = workspace.Write("whole", options);
        var after = (int)Math.Ceiling(share * whole.Cases);

        using (var stop = new CancellationTokenSource())
            Should.Throw<OperationCanceledException>(() => InstructionBuild.Write(workspace.Workspace, workspace.PathOf("set"), InstructionKind.Direct, options, new StopAfter(stop, after), stop.Token));

        InstructionManifest.Exists(workspace.PathOf("set")).ShouldBeFalse();
        Directory.EnumerateFiles(workspace.PathOf("set"), "*" + AtomicFile.TemporaryEnding, SearchOption.AllDirectories).ShouldBeEmpty();
        // What a killed process would leave.
        Directory.CreateDirectory(workspace.PathOf("set/data"));
        File.WriteAllText(workspace.PathOf("set/data/train-00004-of-00005.parquet" + AtomicFile.TemporaryEnding), "half");
        var finished = Directory.GetFiles(workspace.PathOf("set/data"), "*.parquet").ToDictionary(f => f, File.GetLastWriteTimeUtc);
        finished.Count.ShouldBe(Enumerable.Range(1, whole.Files.Count).Count(n => whole.Files.Take(n).Sum(f => f.Rows) < after));
        workspace.Write("set", options);
        workspace.Hashes("set").ShouldBe(workspace.Hashes("whole"));
        foreach (var (file, time) in finished)
            File.GetLastWriteTimeUtc(file).ShouldBe(time);
    }

    [Fact]
    public void Write_FinishedSet_IsFoundUpToDate()
    {
        using var workspace = new InsWorkspace(2);
        workspace.Write("set");
        var time = File.GetLastWriteTimeUtc(workspace.PathOf("set/manifest.json"));

        // What a run leaves that is killed as its last step begins.
        Directory.CreateDirectory(workspace.PathOf("set/.unfinished"));

        workspace.Write("set").Cases.ShouldBeGreaterThan(0);

        File.GetLastWriteTimeUtc(workspace.PathOf("set/manifest.json")).ShouldBe(time);
        Directory.Exists(workspace.PathOf("set/.unfinished")).ShouldBeFalse();
    }

    [Fact]
    public void Write_FinishedSetThatLostAFile_IsMadeWholeAgain()
    {
        using var workspace = new InsWorkspace(2);
        var manifest = workspace.Write("set");
        var before = workspace.Hashes("set");
        File.Delete(workspace.PathOf($"set/{manifest.Files[0].Path}"));

        workspace.Write("set");

        workspace.Hashes("set").ShouldBe(before);
    }

    [Fact]
    public void Begin_WhileAnotherWrites_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        using var first = DataSetFolder.Begin(folder.PathOf("set"), "a");

        Should.Throw<EhrR1Exception>(() => DataSetFolder.Begin(folder.PathOf("set"), "a")).Message.ShouldContain("Another process");
    }

    private sealed class StopAfter(CancellationTokenSource stop, int cases) : IProgress<StageProgress>
    {
        public void Report(StageProgress value)
        {
            if (value.Done >= cases)
                stop.Cancel();
        }
    }
}
