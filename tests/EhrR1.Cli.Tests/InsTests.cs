using System.Text.Json;

namespace EhrR1.Cli.Tests;

/// <summary>Instruction sets of a small synthetic hospital, as a user would make them.</summary>
public sealed class InsTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    [Fact]
    public async Task Ins_SyntheticWorkspace_WritesCasesAndPromptsAndCountsThem()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "i", "--limit-patients", "25");
        var ran = await hospital.SucceedAsync("ins", "direct", "i", "--out", "direct", "--per-task", "4");
        ran.Error.ShouldContain("The patients are made up");
        ran.Out.ShouldContain("cases of");
        ran.Out.ShouldContain("Next: ehr-r1 ins stats ");
        File.Exists(hospital.PathOf("direct", "data", "train-00000-of-00001.parquet")).ShouldBeTrue();
        File.ReadAllText(hospital.PathOf("direct", "README.md")).ShouldContain("license: cc0-1.0");
        (await hospital.SucceedAsync("ins", "direct", "i", "--out", "direct", "--per-task", "4")).Out.ShouldBe(ran.Out);

        (await hospital.SucceedAsync("ins", "stats", "direct")).Out.ShouldContain("The most frequent labels");
        using var stats = JsonDocument.Parse((await hospital.SucceedAsync("ins", "stats", "direct", "--json", "--top", "1")).Out);
        var orders = stats.RootElement.GetProperty("tasks").EnumerateArray().Single(t => t.GetProperty("task").GetString() == "poe");
        orders.GetProperty("cases").GetInt64().ShouldBe(4);
        orders.GetProperty("labels").EnumerateObject().Count().ShouldBe(1);

        using var prompts = JsonDocument.Parse((await hospital.SucceedAsync("ins", "rl", "i", "--out", "rl", "--tasks", "poe,Inpatient_Mortality", "--format", "jsonl", "--max-tokens", "500", "--json")).Out);
        prompts.RootElement.GetProperty("kind").GetString().ShouldBe("rl");
        prompts.RootElement.GetProperty("files")[0].GetProperty("rows").GetInt64().ShouldBe(File.ReadLines(hospital.PathOf("rl", "data", "train-00000-of-00001.jsonl")).Count());
    }

    [Fact]
    public async Task Check_ChainsFromElsewhere_MeasuresThemAndKeepsApartWhatIsNone()
    {
        await hospital.SucceedAsync("build", "--source", "hospital", "--out", "checked-w", "--limit-patients", "5");
        var id = (await hospital.SucceedAsync("tasks", "checked-w", "--csv")).Out.Split('\n').First(l => l.StartsWith("labevents-", StringComparison.Ordinal)).Split(',')[0];
        using var sample = JsonDocument.Parse((await hospital.SucceedAsync("sample", "checked-w", "--id", id, "--json")).Out);
        var answer = sample.RootElement.GetProperty("output").GetString()!;
        Directory.CreateDirectory(hospital.PathOf("chains"));
        File.WriteAllLines(hospital.PathOf("chains", "chains.jsonl"),
        [
            JsonSerializer.Serialize(new { id = "good", sample_id = id, chain = $"## Extraction\n**Patient Demographics [None]**: the record begins here.\n## Reasoning\nThese are the next:\n{answer}\n## Final Results\n{answer}", answer, teacher = "us" }),
            JsonSerializer.Serialize(new { id = "other", sample_id = id, chain = "## Summary\nLittle is known.\n## Plan\nTests.", answer, teacher = "them" }),
        ]);
        (await hospital.RunAsync("ins", "check", "chains")).Error.ShouldContain("Name it with '--workspace'");
        var ran = await hospital.SucceedAsync("ins", "check", "chains", "--workspace", "checked-w");
        ran.Out.ShouldContain("Kept apart: 1 chains have other sections than their template");
        ran.Out.ShouldContain("\"Plan\" (1)");
        using var line = JsonDocument.Parse(File.ReadLines(hospital.PathOf("chains", "checked.jsonl")).Single());
        line.RootElement.GetProperty("id").GetString().ShouldBe("good");
        line.RootElement.GetProperty("measures").GetProperty("answer_recall").GetDouble().ShouldBe(1);
        line.RootElement.GetProperty("filter").GetProperty("passes").GetBoolean().ShouldBeTrue();

        // A manifest may say which workspace it is.
        File.WriteAllText(hospital.PathOf("chains", "manifest.json"), """{ "workspace": "../checked-w" }""");
        using var report = JsonDocument.Parse((await hospital.SucceedAsync("ins", "check", "chains", "--json")).Out);
        report.RootElement.GetProperty("apart").GetProperty("other_sections").GetInt64().ShouldBe(1);
        report.RootElement.GetProperty("tasks")[0].GetProperty("task").GetString().ShouldBe("labevents");
    }

    [Theory]
    [InlineData("no chains.jsonl", "ins", "check", "hospital", "--workspace", "w")]
    [InlineData("--least must be from 0 to 1", "ins", "check", "hospital", "--workspace", "w", "--least", "2")]
    [InlineData("no workspace", "ins", "direct", "nowhere", "--out", "x")]
    [InlineData("No folder to write is named", "ins", "direct", "hospital")]
    [InlineData("no finished instruction set", "ins", "stats", "hospital")]
    [InlineData("must be at least 1", "ins", "direct", "w", "--out", "x", "--max-tokens", "0")]
    [InlineData("--answer-tokens is a part of --max-tokens", "ins", "direct", "w", "--out", "x", "--answer-tokens", "9")]
    [InlineData("'pox' is no task", "ins", "rl", "w", "--out", "x", "--tasks", "pox")]
    public async Task Ins_MistakesOfTheUser_AreSaid(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
    }
}
