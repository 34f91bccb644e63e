using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Cli.Tests;

public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_OnThisMachine_FindsWhatIsNeeded()
    {
        var ran = await Runner.RunAsync("doctor", "--json");
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        using var found = JsonDocument.Parse(ran.Out);
        var checks = found.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => c.GetProperty("state").GetString());
        checks["DuckDB"].ShouldBe("ok");
        checks["Writing"].ShouldBe("ok");
        checks.Keys.ShouldBe([".NET", "System", "Cores", "Memory", "Free disk", "Writing", "DuckDB", "LightGBM", "Fonts", "Browser", "EHR_R1_DATA"]);
    }

    [Fact]
    public async Task Doctor_WorkspaceWithAChangedFile_SaysWhichAndExitsWithTwo()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("w", "some.txt");
        using (var workspace = Workspace.Create(folder.PathOf("w"), new WorkspaceManifest { Profile = "strict", Seed = 1 }))
        {
            AtomicFile.WriteText(file, "as written");
            workspace.Record("charts", new StageRecord { Fingerprint = "f", Outputs = [workspace.Describe(file)] });
        }

        (await Runner.SucceedInAsync(folder.FullPath, "doctor", "w")).Out.ShouldContain("Stage charts");
        File.WriteAllText(file, "as changed");
        var ran = await Runner.RunInAsync(folder.FullPath, "doctor", "w");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Out.ShouldContain("some.txt is not what was written");
        File.Delete(file);
        (await Runner.RunInAsync(folder.FullPath, "doctor", "w")).Out.ShouldContain("some.txt is missing");
    }
}
