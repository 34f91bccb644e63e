using EhrR1.Charts;
using EhrR1.Tasks;
using EhrR1.Tasks.Tests;

namespace EhrR1.Reasoning.Tests;

/// <summary>Disks, folders and workspaces that do not do.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void Write_DiskTooSmall_SaysWhatIsNeededAndWhatIsFree()
    {
        using var workspace = new InsWorkspace();
        var options = new InstructionOptions { Format = InstructionFormat.JsonLines, FreeSpace = _ => 100_000 };

        var error = Should.Throw<EhrR1Exception>(() => workspace.Write("set", options));

        error.Message.ShouldMatch(@"needs about \d+\.\d MB, but the disk has 0\.1 MB free");
        Directory.Exists(workspace.PathOf("set/data")).ShouldBeFalse();
        workspace.Write("set", options with { FreeSpace = _ => 10_000_000 }).Cases.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Write_Estimate_IsNearWhatIsWritten()
    {
        using var workspace = new InsWorkspace();
        foreach (var format in new[] { InstructionFormat.JsonLines, InstructionFormat.Parquet })
        {
            var bytes = workspace.Write($"{format}", new InstructionOptions { Format = format }).Files.Sum(f => f.Bytes);
            // One in ten more is asked for, and files of a few cases differ.
            Should.Throw<EhrR1Exception>(() => workspace.Write($"{format}-small", new InstructionOptions { Format = format, FreeSpace = _ => bytes * 9 / 10 }));
            workspace.Write($"{format}-enough", new InstructionOptions { Format = format, FreeSpace = _ => bytes * 13 / 10 }).Cases.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void Write_WorkspaceWithoutIndex_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.PathOf("workspace"), ChartProfile.EhrBench, new ChartBuilder(1).Patient().Admission(0, 5).Build());

        Should.Throw<EhrR1Exception>(() => InstructionBuild.Write(workspace, folder.PathOf("set"), InstructionKind.Direct, new InstructionOptions())).Message.ShouldContain("no task index");
        Directory.Exists(folder.PathOf("set")).ShouldBeFalse();
    }

    [Fact]
    public void Write_NoTrainPatients_SaysThatNothingCanBeDrawn()
    {
        using var workspace = new InsWorkspace(2, testShare: 1);

        Should.Throw<EhrR1Exception>(() => workspace.Write("set")).Message.ShouldContain("no sample of the split 'train'");
        Directory.Exists(workspace.PathOf("set")).ShouldBeFalse();
    }

    [Fact]
    public void Write_FolderUnderAFile_IsTheUsersError()
    {
        using var workspace = new InsWorkspace(1);
        File.WriteAllText(workspace.PathOf("file"), "x");

        Should.Throw<EhrR1Exception>(() => workspace.Write("file/set")).Message.ShouldContain("folder cannot be made");
    }

    [Fact]
    public void Write_FolderOfSomethingElse_IsLeftAlone()
    {
        using var workspace = new InsWorkspace(1);
        Directory.CreateDirectory(workspace.PathOf("thesis"));
        File.WriteAllText(workspace.PathOf("thesis/chapter.md"), "x");

        Should.Throw<EhrR1Exception>(() => workspace.Write("thesis")).Message.ShouldContain("not empty");
        // Others have files of the manifest's name.
        File.WriteAllText(workspace.PathOf("thesis/manifest.json"), "{}");
        Should.Throw<EhrR1Exception>(() => workspace.Write("thesis")).Message.ShouldContain("of something else");
        Directory.EnumerateFileSystemEntries(workspace.PathOf("thesis")).Count().ShouldBe(2);
    }

    [Fact]
    public void Write_FolderOfOtherSettings_IsLeftAlone()
    {
        using var workspace = new InsWorkspace(1);
        workspace.Write("set");
        var before = workspace.Hashes("set");

        Should.Throw<EhrR1Exception>(() => workspace.Write("set", new InstructionOptions { PerTask = 1 })).Message.ShouldContain("other settings");
        workspace.Hashes("set").ShouldBe(before);
    }

    [Fact]
    public void Write_UnknownTask_IsTheUsersError()
    {
        using var workspace = new InsWorkspace(1);

        Should.Throw<EhrR1Exception>(() => workspace.Write("set", new InstructionOptions { Tasks = ["pox"] })).Message.ShouldContain("pox");
    }

    [Fact]
    public void Read_StatsOfAFolderWithoutASet_SaysSo()
    {
        using var workspace = new InsWorkspace(1);
        Should.Throw<EhrR1Exception>(() => InstructionStatsReader.Read(workspace.PathOf("nothing"))).Message.ShouldContain("no finished instruction set");
        var manifest = workspace.Write("set");
        File.WriteAllText(workspace.PathOf($"set/{manifest.Files[0].Path}"), "damaged");
        Should.Throw<EhrR1Exception>(() => InstructionStatsReader.Read(workspace.PathOf("set"))).Message.ShouldContain("cannot be read");
        File.Delete(workspace.PathOf($"set/{manifest.Files[0].Path}"));
        Should.Throw<EhrR1Exception>(() => InstructionStatsReader.Read(workspace.PathOf("set"))).Message.ShouldContain("missing");
    }
}
