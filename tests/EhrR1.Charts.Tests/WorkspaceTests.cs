using System.Text.Json.Nodes;

namespace EhrR1.Charts.Tests;

public sealed class WorkspaceTests : IDisposable
{
    private static readonly WorkspaceManifest _manifest = new() { Profile = "strict", Seed = 7 };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_NewFolder_WritesAManifestThatReadsBack()
    {
        var path = _folder.PathOf("a", "ws");
        using (var workspace = Workspace.Create(path, _manifest))
            workspace.Record("charts", new StageRecord { Fingerprint = "f", Counts = new JsonObject { ["rows"] = 3 }, Warnings = ["w"], Outputs = [new("charts/x.parquet", 1, "00", 2)] });
        using var read = Workspace.Open(path);
        (read.Profile, read.Manifest.Seed, read.Manifest.Format).ShouldBe((ChartProfile.Strict, 7, 1));
        var stage = read.Stage("charts").ShouldNotBeNull();
        (stage.Fingerprint, (int)stage.Counts["rows"]!, stage.Warnings[0], stage.Outputs[0]).ShouldBe(("f", 3, "w", new OutputFile("charts/x.parquet", 1, "00", 2)));
        read.Stage("tasks").ShouldBeNull();
    }

    [Fact]
    public void Reopen_FinishedStage_IsUnfinishedAndKeepsItsSettings()
    {
        using (var workspace = Workspace.Create(_folder.PathOf("ws"), _manifest))
        {
            workspace.Record("lift", new StageRecord { Fingerprint = "f", Settings = new JsonObject { ["above"] = 2 }, Counts = new JsonObject { ["pairs"] = 3 }, Outputs = [new("lift/x.parquet", 1, "00", 2)] });
            workspace.Reopen("lift");
            workspace.Reopen("never run");
        }

        using var read = Workspace.Open(_folder.PathOf("ws"));
        var stage = read.Stage("lift").ShouldNotBeNull();
        (stage.IsFinished, (int)stage.Settings["above"]!, stage.Counts.Count, stage.Outputs.Count).ShouldBe((false, 2, 0, 0));
        read.Stage("never run").ShouldBeNull();
    }

    [Fact]
    public void Create_NewFolder_IsReadableByItsOwnerAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix permissions.");
            return;
        }

        using var workspace = Workspace.Create(_folder.PathOf("ws"), _manifest);
        File.GetUnixFileMode(workspace.Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(workspace.PathOf("workspace.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Create_ExistingWorkspace_KeepsItsManifest()
    {
        using (Workspace.Create(_folder.PathOf("ws"), _manifest))
        {
        }

        using var again = Workspace.Create(_folder.PathOf("ws"), _manifest with { Seed = 8 });
        again.Manifest.Seed.ShouldBe(7);
    }

    [Fact]
    public void Create_FolderOfSomethingElse_IsRefusedAndLeftAsItWas()
    {
        File.WriteAllText(_folder.PathOf("thesis.docx"), "x");
        var error = Should.Throw<EhrR1Exception>(() => Workspace.Create(_folder.FullPath, _manifest));
        error.Message.ShouldBe($"The folder is not empty and is no workspace ({_folder.FullPath}). Choose a new folder, or delete what is in it.");
        Directory.GetFileSystemEntries(_folder.FullPath).ShouldBe([_folder.PathOf("thesis.docx")]);
    }

    [Fact]
    public void Create_PathThroughAFile_SaysThatTheFolderCannotBeMade()
    {
        File.WriteAllText(_folder.PathOf("file"), "x");
        Should.Throw<EhrR1Exception>(() => Workspace.Create(_folder.PathOf("file", "ws"), _manifest)).What.ShouldStartWith("The folder cannot be made: ");
    }

    [Fact]
    public void Create_WhileAnotherWrites_IsRefused()
    {
        using var first = Workspace.Create(_folder.PathOf("ws"), _manifest);
        var error = Should.Throw<EhrR1Exception>(() => Workspace.Create(_folder.PathOf("ws"), _manifest));
        error.Message.ShouldBe($"Another process is writing to this workspace ({_folder.PathOf("ws")}). Wait until it has finished, or stop it.");
        Should.Throw<EhrR1Exception>(() => Workspace.OpenForWriting(_folder.PathOf("ws"))).What.ShouldBe("Another process is writing to this workspace");
    }

    [Fact]
    public void Create_AfterTheWriterEnded_Succeeds()
    {
        Workspace.Create(_folder.PathOf("ws"), _manifest).Dispose();
        Workspace.OpenForWriting(_folder.PathOf("ws")).Dispose();
        Workspace.Create(_folder.PathOf("ws"), _manifest).Dispose();
    }

    [Fact]
    public void Open_WhileAnotherWrites_Reads()
    {
        using var first = Workspace.Create(_folder.PathOf("ws"), _manifest);
        using var reader = Workspace.Open(_folder.PathOf("ws"));
        reader.Manifest.Seed.ShouldBe(7);
        Should.Throw<InvalidOperationException>(() => reader.Save(_manifest));
    }

    [Fact]
    public void Open_FolderWithoutManifest_SaysHowToMakeOne()
    {
        var error = Should.Throw<EhrR1Exception>(() => Workspace.Open(_folder.FullPath));
        (error.What, error.Where).ShouldBe(("This folder is no workspace: it has no workspace.json", _folder.FullPath));
        error.WhatToDo.ShouldContain("ehr-r1 build");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": \"x\", \"profile\": \"strict\", \"seed\": 1}")]
    public void Open_DamagedManifest_SaysWhereAndWhatToDo(string content)
    {
        using (Workspace.Create(_folder.PathOf("ws"), _manifest))
        {
        }

        File.WriteAllText(_folder.PathOf("ws", "workspace.json"), content);
        foreach (var open in new Func<Workspace>[] { () => Workspace.Open(_folder.PathOf("ws")), () => Workspace.OpenForWriting(_folder.PathOf("ws")), () => Workspace.Create(_folder.PathOf("ws"), _manifest) })
        {
            var error = Should.Throw<EhrR1Exception>(() => open());
            error.What.ShouldStartWith("The workspace's manifest cannot be read: ");
            error.Where.ShouldBe(_folder.PathOf("ws", "workspace.json"));
        }

        File.ReadAllText(_folder.PathOf("ws", "workspace.json")).ShouldBe(content);
    }

    [Fact]
    public void Open_ManifestOfALaterLayout_NamesTheLayout()
    {
        Directory.CreateDirectory(_folder.PathOf("ws"));
        File.WriteAllText(_folder.PathOf("ws", "workspace.json"), "{\"format\": 2, \"profile\": \"strict\", \"seed\": 1}");
        Should.Throw<EhrR1Exception>(() => Workspace.Open(_folder.PathOf("ws"))).What.ShouldBe("The workspace has the layout 2, this program reads 1");
    }

    [Fact]
    public void Profile_UnknownName_IsAnError()
    {
        Directory.CreateDirectory(_folder.PathOf("ws"));
        File.WriteAllText(_folder.PathOf("ws", "workspace.json"), "{\"format\": 1, \"profile\": \"lax\", \"seed\": 1}");
        using var workspace = Workspace.Open(_folder.PathOf("ws"));
        Should.Throw<EhrR1Exception>(() => workspace.Profile).Message.ShouldBe("'lax' is no profile. Use 'ehr-bench' or 'strict'.");
    }

    [Fact]
    public void Create_TwoOfOneManifest_DoNotShareTheirStages()
    {
        using (var first = Workspace.Create(_folder.PathOf("first"), _manifest))
            first.Record("charts", new StageRecord { Fingerprint = "a" });
        using var second = Workspace.Create(_folder.PathOf("second"), _manifest);
        second.Manifest.Stages.ShouldBeEmpty();
        _manifest.Stages.ShouldBeEmpty();
    }

    [Fact]
    public void Forget_Stages_RemovesThemFromTheManifest()
    {
        using (var workspace = Workspace.Create(_folder.PathOf("ws"), _manifest))
        {
            workspace.Record("charts", new StageRecord { Fingerprint = "a" });
            workspace.Record("tasks", new StageRecord { Fingerprint = "b" });
            workspace.Forget("tasks", "bench");
        }

        using var read = Workspace.Open(_folder.PathOf("ws"));
        read.Manifest.Stages.Keys.ShouldBe(["charts"]);
    }

    [Fact]
    public void Describe_File_GivesItsPathSizeAndHash()
    {
        using var workspace = Workspace.Create(_folder.PathOf("ws"), _manifest);
        AtomicFile.WriteText(workspace.PathOf("a", "b.txt"), "abc");
        workspace.Describe(workspace.PathOf("a", "b.txt"), 1).ShouldBe(new OutputFile("a/b.txt", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 1));
        FileHash.OfText("abc").ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
