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

    [Theory]
    [InlineData("no workspace", "ins", "direct", "nowhere", "--out", "x")]
    [InlineData("No folder to write is named", "ins", "direct", "hospital")]
    [InlineData("no finished instruction set", "ins", "stats", "hospital")]
    [InlineData("must be at least 1", "ins", "direct", "w", "--out", "x", "--max-tokens", "0")]
    [InlineData("'pox' is no task", "ins", "rl", "w", "--out", "x", "--tasks", "pox")]
    public async Task Ins_MistakesOfTheUser_AreSaid(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(message);
    }
}
