using System.Text.Json;

namespace EhrR1.Cli.Tests;

/// <summary>What can be done with stored runs, on a small synthetic hospital.</summary>
public sealed class StoredRunTests(EndToEndTests.SmallHospital hospital) : IClassFixture<EndToEndTests.SmallHospital>
{
    [Fact]
    public async Task ScoreCompareExport_StoredRuns_NeedNoModel()
    {
        await hospital.SucceedAsync("eval", "w", "--model", "prior", "--limit", "4", "--out", "r1");
        await hospital.SucceedAsync("eval", "w", "--model", "copy-last", "--limit", "4", "--out", "r2");
        await hospital.SucceedAsync("eval", "w", "--model", "copy-last", "--limit", "2", "--out", "r3");
        var before = File.ReadAllText(hospital.PathOf("r1", "scores.json"));
        File.Delete(hospital.PathOf("r1", "scores.json"));
        (await hospital.SucceedAsync("score", "r1")).Out.ShouldContain("Decision tasks, mean F1:");
        File.ReadAllText(hospital.PathOf("r1", "scores.json")).ShouldBe(before);
        using var seeded = JsonDocument.Parse((await hospital.SucceedAsync("score", "r1", "--seed", "5", "--replicates", "50", "--json")).Out);
        seeded.RootElement.GetProperty("scores").GetProperty("replicates").GetInt32().ShouldBe(50);

        (await hospital.SucceedAsync("compare", "r1", "r2", "--replicates", "100")).Out.ShouldContain("Against r1");
        using var compared = JsonDocument.Parse((await hospital.SucceedAsync("compare", "r1", "r2", "r2", "--replicates", "100", "--json")).Out);
        compared.RootElement.GetProperty("runs").GetArrayLength().ShouldBe(2);
        var apart = await hospital.RunAsync("compare", "r1", "r3", "--replicates", "100");
        apart.Code.ShouldBe(ExitCode.User);
        apart.Error.ShouldContain("2 in r1 alone");
        (await hospital.SucceedAsync("compare", "r1", "r3", "--common", "--replicates", "100")).Error.ShouldContain("are left out");

        (await hospital.SucceedAsync("export", "lm-eval", "w", "--out", "lm", "--tasks", "labevents,LengthOfStay_3day", "--limit", "2")).Error.ShouldContain("made up");
        File.Exists(hospital.PathOf("lm", "_ehr_bench.yaml")).ShouldBeTrue();
        var files = await hospital.SucceedAsync("export", "helm", "w/bench/ehr_bench_decision_making.jsonl", "--out", "helm", "--tasks", "labevents");
        files.Error.ShouldContain("must not leave the place");
        File.Exists(hospital.PathOf("helm", "labevents.csv")).ShouldBeTrue();
    }

    [Fact]
    public async Task Score_RunThatWasKilled_SaysWhatIsMissingAndExitsWithThree()
    {
        await hospital.SucceedAsync("eval", "w", "--model", "prior", "--limit", "4", "--tasks", "labevents,poe", "--out", "killed");
        var answers = File.ReadAllLines(hospital.PathOf("killed", "answers.jsonl"));
        File.WriteAllText(hospital.PathOf("killed", "answers.jsonl"), string.Join('\n', answers.Take(5)) + "\n" + answers[5][..30]);
        var ran = await hospital.RunAsync("score", "killed");
        ran.Code.ShouldBe(ExitCode.Partial);
        ran.Error.ShouldContain("3 of 8 samples are missing");
        ran.Error.ShouldContain("Not asked yet:");
        var nothing = await hospital.RunAsync("score", "w");
        nothing.Code.ShouldBe(ExitCode.User);
        nothing.Error.ShouldContain("no run");
    }
}
