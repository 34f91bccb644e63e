using System.Text.Json;
using System.Xml.Linq;

namespace EhrR1.Cli.Tests;

/// <summary>The commands around the thinking graph on a small synthetic hospital, as a user would give them.</summary>
public sealed class ThinkingGraphTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    [Fact]
    public async Task Graph_SyntheticWorkspaceWithNothingMadeBefore_MakesAllStagesAndFindsThemUpToDate()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "g", "--limit-patients", "25");
        var ran = await hospital.SucceedAsync("graph", "g", "--truth", "hospital");
        ran.Error.ShouldContain("making that of the synthetic hospital's own knowledge");
        ran.Error.ShouldContain("The co-occurrence table was made with the settings on record.");
        ran.Out.ShouldContain("With a graph");
        ran.Out.ShouldContain("Lift and path, as published");
        (await hospital.SucceedAsync("graph", "g")).Out.ShouldContain("up to date");
        (await hospital.SucceedAsync("lift", "g")).Out.ShouldContain("up to date");
        (await hospital.SucceedAsync("concepts", "g")).Out.ShouldContain("up to date");
        (await hospital.SucceedAsync("doctor", "g")).Out.ShouldContain("Stage graphs-train");

        using var graph = JsonDocument.Parse(File.ReadLines(hospital.PathOf("g", "graphs", "train-0000.jsonl")).First());
        var id = GraphIn("g");
        (await hospital.SucceedAsync("graph", "g", "--sample", id)).Out.ShouldStartWith(id);
        using var one = JsonDocument.Parse((await hospital.SucceedAsync("graph", "g", "--sample", id, "--paths", "1", "--json")).Out);
        one.RootElement.GetProperty("edges").GetArrayLength().ShouldBe(graph.RootElement.GetProperty("edges").GetArrayLength());
        using var published = JsonDocument.Parse((await hospital.SucceedAsync("graph", "g", "--sample", id, "--as-published", "--json")).Out);
        published.RootElement.GetProperty("edges").GetArrayLength().ShouldBeGreaterThanOrEqualTo(one.RootElement.GetProperty("edges").GetArrayLength());
        (await hospital.SucceedAsync("graph", "g", "--sample", id, "--mermaid")).Out.ShouldStartWith("flowchart LR\n");
        (await hospital.SucceedAsync("graph", "g", "--sample", id, "--svg", "--out", "one.svg")).Out.ShouldBeEmpty();
        XDocument.Load(hospital.PathOf("one.svg")).Root!.Name.LocalName.ShouldBe("svg");
    }

    [Fact]
    public async Task Lift_AnotherThreshold_MakesTheTableAgainAndIsKept()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "l");
        using var five = JsonDocument.Parse((await hospital.SucceedAsync("lift", "l", "--tasks", "services", "--json")).Out);
        using var two = JsonDocument.Parse((await hospital.SucceedAsync("lift", "l", "--tasks", "services", "--lift-min", "2", "--json")).Out);
        Kept(two).ShouldBeGreaterThan(Kept(five));
        using var auto = JsonDocument.Parse((await hospital.SucceedAsync("lift", "l", "--tasks", "services", "--lift-min", "auto", "--json")).Out);
        Kept(auto).ShouldNotBe(Kept(two));

        static long Kept(JsonDocument summary) => summary.RootElement.GetProperty("tasks")[0].GetProperty("kept").GetInt64();
    }

    [Fact]
    public async Task Graph_WorkspaceMovedAwayOrHeldByAnother_ShowsASampleAsBefore()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "before", "--limit-patients", "25");
        await hospital.SucceedAsync("graph", "before");
        var id = GraphIn("before");
        var shown = (await hospital.SucceedAsync("graph", "before", "--sample", id)).Out;

        Directory.Move(hospital.PathOf("before"), hospital.PathOf("after"));
        (await hospital.SucceedAsync("graph", "after", "--sample", id)).Out.ShouldBe(shown);
        using (Charts.Workspace.OpenForWriting(hospital.PathOf("after")))
        {
            (await hospital.SucceedAsync("graph", "after", "--sample", id)).Out.ShouldBe(shown);
            var ran = await hospital.RunAsync("graph", "after", "--top", "3");
            (ran.Code, ran.Error.Contains("Another process is writing", StringComparison.Ordinal)).ShouldBe((ExitCode.User, true));
        }

        // The built-in terminology is made again where it is gone.
        File.Delete(hospital.PathOf("after", "knowledge", "built-in.terminology"));
        (await hospital.SucceedAsync("graph", "after", "--sample", id)).Out.ShouldBe(shown);
    }

    [Fact]
    public async Task Graph_AfterALiftThatWasStopped_TakesTheSettingsOnRecord()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "s", "--limit-patients", "25");
        await hospital.SucceedAsync("lift", "s", "--lift-min", "2", "--least-samples", "3", "--tasks", "services,transfers");
        var pairs = File.ReadAllBytes(hospital.PathOf("s", "lift", "pairs.parquet"));
        using (var workspace = Charts.Workspace.OpenForWriting(hospital.PathOf("s")))
            workspace.Reopen("lift");
        File.Delete(hospital.PathOf("s", "lift", "pairs.parquet"));
        // A killed process leaves what it had spilled.
        File.WriteAllText(hospital.PathOf("s", "lift", "services-0.partial"), "spilled");
        (await hospital.SucceedAsync("doctor", "s")).Out.ShouldContain("was stopped before its end");

        (await hospital.SucceedAsync("graph", "s")).Error.ShouldContain("pairs were counted for services, transfers alone");

        File.ReadAllBytes(hospital.PathOf("s", "lift", "pairs.parquet")).ShouldBe(pairs);
        Directory.GetFiles(hospital.PathOf("s", "lift"), "*.partial").ShouldBeEmpty();
        (await hospital.SucceedAsync("lift", "s", "--lift-min", "2", "--least-samples", "3", "--tasks", "services,transfers")).Out.ShouldContain("up to date");
    }

    [Fact]
    public async Task Graph_RealWorkspaceWithoutATerminology_AsksForOne()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "real", "--limit-patients", "3");
        var manifest = hospital.PathOf("real", "workspace.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"synthetic\": true", "\"synthetic\": false", StringComparison.Ordinal));
        var ran = await hospital.RunAsync("graph", "real");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("No terminology is named");
        (await hospital.SucceedAsync("lift", "real")).Error.ShouldContain("the concepts of free texts are left out");
    }

    [Fact]
    public async Task Concepts_OfAnotherTerminology_AreFoundAgain()
    {
        await hospital.SucceedAsync("terminology", "build", "--built-in", "--out", "built-in.terminology");
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "c", "--limit-patients", "3");
        using var builtIn = JsonDocument.Parse((await hospital.SucceedAsync("concepts", "c", "--terminology", "built-in.terminology", "--json")).Out);
        Tables();
        await hospital.SucceedAsync("terminology", "build", "--tables", "k", "--without-basics", "--out", "tiny.terminology");
        using var tiny = JsonDocument.Parse((await hospital.SucceedAsync("concepts", "c", "--terminology", "tiny.terminology", "--json")).Out);

        EventsWithConcepts(builtIn).ShouldBeGreaterThan(EventsWithConcepts(tiny));
        using var dice = JsonDocument.Parse((await hospital.SucceedAsync("concepts", "c", "--terminology", "tiny.terminology", "--measure", "dice", "--similarity", "0.6", "--json")).Out);
        EventsWithConcepts(dice).ShouldBeGreaterThanOrEqualTo(EventsWithConcepts(tiny));
        (await hospital.SucceedAsync("concepts", "c", "--terminology", "tiny.terminology")).Out.ShouldNotContain("up to date");
        // The terminology on record is used again.
        (await hospital.SucceedAsync("concepts", "c")).Out.ShouldContain("up to date");

        static long EventsWithConcepts(JsonDocument summary) => summary.RootElement.GetProperty("events_with_concepts").GetInt64();
    }

    [Theory]
    [InlineData("either a workspace or a text", "concepts")]
    [InlineData("either a workspace or a text", "concepts", "w", "--text", "note.txt")]
    [InlineData("must be a number of at least 0, or auto", "lift", "w", "--lift-min", "high")]
    [InlineData("must be a number of at least 0, or auto", "lift", "w", "--lift-min", "Infinity")]
    [InlineData("must be a number of at least 0, or auto", "lift", "w", "--lift-min", "1e999")]
    [InlineData("cannot be had together", "graph", "w", "--sample", "x", "--svg", "--json")]
    [InlineData("name its sample", "graph", "w", "--svg")]
    [InlineData("may be 100 at most", "graph", "w", "--most-edges", "300")]
    [InlineData("must be above 0", "concepts", "w", "--similarity", "0")]
    [InlineData("There is no sample", "graph", "w", "--sample", "labevents-1-0123456789abcdef")]
    [InlineData("no truth of a synthetic hospital", "graph", "w", "--tasks", "services", "--truth", "w")]
    [InlineData("cannot be opened", "concepts", "w", "--terminology", "no.terminology")]
    public async Task Commands_UsedWrongly_SayWhatIsWrong(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User, ran.Out + ran.Error);
        ran.Error.ShouldContain(message);
    }

    private string GraphIn(string workspace)
    {
        using var graph = JsonDocument.Parse(File.ReadLines(hospital.PathOf(workspace, "graphs", "train-0000.jsonl")).First());
        return graph.RootElement.GetProperty("id").GetString()!;
    }

    private void Tables()
    {
        Directory.CreateDirectory(hospital.PathOf("k"));
        File.WriteAllText(hospital.PathOf("k", "sources.json"), """{ "tables": [{ "file": "d.tsv", "licence": "CC0", "concepts": [{ "id": "id", "name": "name" }] }] }""");
        File.WriteAllText(hospital.PathOf("k", "d.tsv"), "id\tname\nX:1\tFurosemide\n");
    }
}
