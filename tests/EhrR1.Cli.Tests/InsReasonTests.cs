using System.Text.Json;

namespace EhrR1.Cli.Tests;

/// <summary>Chains written and checked on a small synthetic hospital, as a user would give the commands.</summary>
public sealed class InsReasonTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    [Fact]
    public async Task Reason_NarratorThenCheck_WritesTrueChainsAndTheSameBytesAgain()
    {
        var ran = await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "30", "--n", "2", "--out", "chains");
        ran.Out.ShouldContain("chains by narrator in ");
        var bytes = File.ReadAllBytes(hospital.PathOf("chains", "chains.jsonl"));
        using var first = JsonDocument.Parse(File.ReadLines(hospital.PathOf("chains", "chains.jsonl")).First());
        first.RootElement.GetProperty("teacher").GetString().ShouldBe("narrator");
        first.RootElement.GetProperty("chain").GetString().ShouldNotBeNull().ShouldStartWith("## Extraction\n**");

        // The folder says which workspace its chains are of.
        using var report = JsonDocument.Parse((await hospital.SucceedAsync("ins", "check", "chains", "--json")).Out);
        report.RootElement.GetProperty("chains").GetInt64().ShouldBe(File.ReadLines(hospital.PathOf("chains", "chains.jsonl")).LongCount());
        File.ReadLines(hospital.PathOf("chains", "checked.jsonl")).Count().ShouldBeGreaterThan(10);

        await hospital.SucceedAsync("ins", "reason", "w", "--per-task", "30", "--n", "2", "--out", "chains");
        File.ReadAllBytes(hospital.PathOf("chains", "chains.jsonl")).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("No folder to write is named", "ins", "reason", "w")]
    [InlineData("--budget needs --prices", "ins", "reason", "w", "--out", "x", "--teacher", "http://127.0.0.1:1/v1#m", "--budget", "3")]
    public async Task Reason_UsedWrongly_SaysWhatIsWrong(string message, params string[] arguments)
    {
        var ran = await hospital.RunAsync(arguments);
        ran.Code.ShouldBe(ExitCode.User, ran.Out + ran.Error);
        ran.Error.ShouldContain(message);
    }
}
