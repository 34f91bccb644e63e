using System.Diagnostics;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Cli.Tests;

/// <summary>Chains written and checked on a small synthetic hospital, as a user would give the commands.</summary>
public sealed class InsReasonTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    private const int Kills = 5;

    [Fact]
    public async Task Reason_Narrator_MakesAFinishedSetAndTheSameBytesAgain()
    {
        var ran = await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "30", "--n", "2", "--out", "set");
        ran.Out.ShouldContain("Samples left after each step");
        ran.Out.ShouldContain("reasoning cases of");
        ran.Error.ShouldContain("The patients are made up");
        Directory.EnumerateFileSystemEntries(hospital.PathOf("set")).Select(Path.GetFileName).ShouldBe(["README.md", "chains", "data", "manifest.json"], ignoreOrder: true);
        var hashes = Hashes("set");
        using var first = JsonDocument.Parse(File.ReadLines(hospital.PathOf("set", "chains", "chains.jsonl")).First());
        first.RootElement.GetProperty("teacher").GetString().ShouldBe("narrator");
        first.RootElement.GetProperty("finish_reason").GetString().ShouldBe("stop");
        first.RootElement.GetProperty("chain").GetString().ShouldNotBeNull().ShouldStartWith("## Extraction\nLooked for: ");

        // The folder says which workspace its chains are of; the same check gives the same files.
        using var report = JsonDocument.Parse((await hospital.SucceedAsync("ins", "check", "set", "--json")).Out);
        report.RootElement.GetProperty("chains").GetInt64().ShouldBe(File.ReadLines(hospital.PathOf("set", "chains", "chains.jsonl")).LongCount());
        (await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "30", "--n", "2", "--out", "set")).Out.ShouldBe(ran.Out);
        Hashes("set").ShouldBe(hashes);

        using var said = JsonDocument.Parse((await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "30", "--n", "2", "--out", "set", "--json")).Out);
        var kept = said.RootElement.GetProperty("attrition").EnumerateArray().Last().GetProperty("kept").GetInt64();
        said.RootElement.GetProperty("set").GetProperty("cases").GetInt64().ShouldBe(kept);
        using var stats = JsonDocument.Parse((await hospital.SucceedAsync("ins", "stats", "set", "--json")).Out);
        stats.RootElement.GetProperty("cases").GetInt64().ShouldBe(kept);
        stats.RootElement.GetProperty("attrition").GetArrayLength().ShouldBe(said.RootElement.GetProperty("attrition").GetArrayLength());
        (await hospital.SucceedAsync("ins", "stats", "set")).Out.ShouldContain("Cost: nothing, narrator");
    }

    [Fact]
    public async Task Reason_NarratorWithTokensForAChain_KeepsToThem()
    {
        const int Most = 150;
        string[] all = ["ins", "reason", "w", "--per-task", "10", "--n", "1"];
        await hospital.SucceedAsync([.. all, "--out", "any-length"]);
        await hospital.SucceedAsync([.. all, "--max-new-tokens", $"{Most}", "--out", "short"]);
        var (whole, few) = (ChainsOf("any-length"), ChainsOf("short"));
        few.Values.ShouldAllBe(c => EstimatedTokenCounter.Count(c) <= Most);
        whole.Where(c => EstimatedTokenCounter.Count(c.Value) <= Most).ShouldAllBe(c => few[c.Key] == c.Value);
        few.ShouldContain(c => c.Value != whole[c.Key], "Some were longer, and are told with fewer facts.");
    }

    private Dictionary<string, string> ChainsOf(string set) => File.ReadLines(hospital.PathOf(set, "chains", "chains.jsonl")).Select(l => JsonDocument.Parse(l).RootElement)
        .ToDictionary(c => c.GetProperty("id").GetString()!, c => c.GetProperty("chain").GetString()!, StringComparer.Ordinal);

    [Fact]
    public async Task Show_AChainAndADirectCase_ShowsRecordEvidenceAndAnswer()
    {
        await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "10", "--n", "2", "--out", "shown", "--format", "jsonl");
        using var line = JsonDocument.Parse(File.ReadLines(hospital.PathOf("shown", "data", "train-00000-of-00001.jsonl")).First());
        var (id, sample) = (line.RootElement.GetProperty("id").GetString()!, line.RootElement.GetProperty("sample_id").GetString()!);
        var ran = await hospital.SucceedAsync("ins", "show", "shown", "--id", id);
        foreach (var part in new[] { "Chain by narrator, one of 2: ", "Passes the published filter", "== Record", "== Question", "== Thinking graph", "== Chain", "]**[1]", "== Evidence", " found ", "== Measures", "== Answer" })
            ran.Out.ShouldContain(part);
        ran.Out.ShouldNotContain("\u001b");
        // Of a sample the best chain is shown, which is the one that became a case.
        (await hospital.SucceedAsync("ins", "show", "shown", "--id", sample)).Out.ShouldBe(ran.Out);
        (await hospital.SucceedAsync("ins", "show", "shown", "--id", id, "--full")).Out.Length.ShouldBeGreaterThanOrEqualTo(ran.Out.Length);
        using var json = JsonDocument.Parse((await hospital.SucceedAsync("ins", "show", "shown", "--id", id, "--json")).Out);
        var input = json.RootElement.GetProperty("input").GetString()!;
        foreach (var evidence in json.RootElement.GetProperty("evidence").EnumerateArray())
        {
            evidence.GetProperty("status").GetString().ShouldBe("found");
            var place = evidence.GetProperty("input");
            input[..place.GetProperty("start").GetInt32()].Split('\n').Length.ShouldBe(place.GetProperty("line").GetInt32());
        }

        // Without its workspace the set still says what stands in the case.
        Directory.CreateDirectory(hospital.PathOf("moved"));
        foreach (var file in Directory.EnumerateFiles(hospital.PathOf("shown"), "*", SearchOption.AllDirectories).Where(f => !f.Contains("chains", StringComparison.Ordinal)))
        {
            var to = hospital.PathOf("moved", Path.GetRelativePath(hospital.PathOf("shown"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        var moved = await hospital.SucceedAsync("ins", "show", "moved", "--id", id);
        moved.Error.ShouldContain("the workspace is not at hand");
        moved.Out.ShouldContain("== Evidence");
        moved.Out.ShouldContain(" found ");
        moved.Out.ShouldNotContain("== Thinking graph");

        await hospital.SucceedAsync("ins", "direct", "w", "--per-task", "1", "--tasks", "labevents", "--out", "shown-direct", "--format", "jsonl");
        using var direct = JsonDocument.Parse(File.ReadLines(hospital.PathOf("shown-direct", "data", "train-00000-of-00001.jsonl")).First());
        var plain = await hospital.SucceedAsync("ins", "show", "shown-direct", "--id", direct.RootElement.GetProperty("id").GetString()!);
        plain.Out.ShouldContain("== Answer");
        plain.Out.ShouldNotContain("== Chain");
    }

    [Fact]
    public async Task Reason_KilledAtRandomMoments_EndsWithTheSameBytes()
    {
        string[] command = ["ins", "reason", "w", "--per-task", "6", "--tasks", "services,transfers,diagnoses_icd"];
        await hospital.SucceedAsync([.. command, "--out", "whole"]);
        var random = new Random(11);
        int killed = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            // Each file that is made or renamed is a moment; a set takes about twenty.
            Directory.CreateDirectory(hospital.PathOf("killed", "chains"));
            int left = random.Next(1, 18);
            using var child = Start([.. command, "--out", "killed"]);
            using var watch = new FileSystemWatcher(hospital.PathOf("killed")) { IncludeSubdirectories = true };
            void Count(object sender, FileSystemEventArgs e)
            {
                if (Interlocked.Decrement(ref left) == 0)
                    child.Kill();
            }

            watch.Created += Count;
            watch.Renamed += Count;
            watch.EnableRaisingEvents = true;
            await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            killed += child.ExitCode is ExitCode.Done or ExitCode.Partial ? 0 : 1;
        }

        killed.ShouldBeGreaterThan(Kills / 2);

        await hospital.SucceedAsync([.. command, "--out", "killed"]);
        Hashes("killed").ShouldBe(Hashes("whole"));
    }

    [Fact]
    public async Task Reason_FolderOfSomethingElse_IsRefusedBeforeAnythingIsAsked()
    {
        var ran = await hospital.RunAsync("ins", "reason", "w", "--out", "hospital", "--teacher", "http://127.0.0.1:1/v1#m");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("something else than reasoning cases");
    }

    [Theory]
    [InlineData("No folder to write is named", "ins", "reason", "w")]
    [InlineData("No case is named", "ins", "show", "w")]
    [InlineData("--least must be from 0 to 1", "ins", "reason", "w", "--out", "x", "--least", "-1")]
    [InlineData("--budget needs --prices", "ins", "reason", "w", "--out", "x", "--teacher", "http://127.0.0.1:1/v1#m", "--budget", "3")]
    public async Task Reason_UsedWrongly_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User, ran.Out + ran.Error);
        ran.Error.ShouldContain(message);
    }

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(CliApplication).Assembly.Location, .. arguments])
    {
        WorkingDirectory = hospital.PathOf(),
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;

    private List<string> Hashes(string folder) =>
        [.. Directory.EnumerateFiles(hospital.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(hospital.PathOf(folder), f)} {FileHash.OfFile(f)}")];
}
