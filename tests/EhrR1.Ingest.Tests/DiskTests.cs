using System.Diagnostics;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Disks and folders that refuse.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_OnAFullDisk_SaysSoAndResumesWhenThereIsSpace()
    {
        var source = ManyPatients.Make(patients: 400, labs: 30).Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("whole"));
        var disk = Directory.CreateDirectory(_folder.PathOf("disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", disk), "A small file system cannot be mounted here.");
        try
        {
            var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, Path.Combine(disk, "ws")));
            error.Message.ShouldMatch("The disk is full|No space left on device");
            error.WhatToDo.ShouldMatch("^Free (disk )?space");
            using (var workspace = Workspace.Open(Path.Combine(disk, "ws")))
                workspace.Stage(ChartBuild.StageName).ShouldBeNull();
            Run("mount", "-o", "remount,size=64m", disk).ShouldBeTrue();
            await Build.Run(source, Path.Combine(disk, "ws"));
            Build.Files(Path.Combine(disk, "ws")).ShouldBe(Build.Files(_folder.PathOf("whole")));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public async Task Build_IntoAFolderUnderAFile_IsAnErrorOfTheUsers()
    {
        File.WriteAllText(_folder.PathOf("file"), "x");
        var source = SmallHospital.Make().Only().Write(_folder.PathOf("source"));
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("file", "ws")));
        error.What.ShouldStartWith("The folder cannot be made: ");
    }

    [Fact]
    public async Task Build_WhereAFileStandsInTheWay_IsAnErrorOfTheUsers()
    {
        var source = SmallHospital.Make().Only().Write(_folder.PathOf("source"));
        Workspace.Create(_folder.PathOf("ws"), new WorkspaceManifest { Profile = "ehr-bench", Seed = 42 }).Dispose();
        File.WriteAllText(_folder.PathOf("ws", "staging"), "x");
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("ws")));
        error.What.ShouldStartWith("The workspace cannot be written: ");
        error.Where.ShouldBe(_folder.PathOf("ws"));
    }

    [Fact]
    public async Task Build_SourceFileThatMayNotBeRead_NamesIt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix permissions.");
            return;
        }

        Assert.SkipWhen(Environment.IsPrivilegedProcess, "The system lets its administrator read every file.");
        var source = SmallHospital.Make().Only("hosp/omr").Write(_folder.PathOf("source"));
        File.SetUnixFileMode(Path.Combine(source, "hosp", "omr.csv.gz"), UnixFileMode.None);
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("ws")));
        error.Where.ShouldBe(Path.Combine(source, "hosp", "omr.csv.gz"));
    }

    [Fact]
    public async Task Build_SourceFileThatIsAFolder_NamesIt()
    {
        var source = SmallHospital.Make().Only().Write(_folder.PathOf("source"));
        File.Delete(Path.Combine(source, "hosp", "admissions.csv.gz"));
        Directory.CreateDirectory(Path.Combine(source, "hosp", "admissions.csv.gz"));
        (await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("ws")))).What.ShouldBe("The source has no table 'admissions'");
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
