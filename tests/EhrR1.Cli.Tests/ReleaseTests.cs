using System.Text.Json;
using EhrR1.Ingest.Tests;

namespace EhrR1.Cli.Tests;

/// <summary>The commands on the paper's own release, as a user who holds it would give them.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commands_OnARelease_GiveItsPublishedSamples()
    {
        SmallRelease.Make().Write(_folder.PathOf("release"));
        var plan = await Run("build", "--source", "release", "--out", "w", "--dry-run");
        plan.Out.ShouldStartWith("Source: the paper's own release (EHR-R1)\n");
        plan.Out.ShouldContain("ehr_bench_risk_prediction");
        plan.Out.ShouldNotContain("Code map");

        var built = await Run("build", "--source", "release", "--out", "w");
        built.Error.ShouldContain("Source: the paper's own release (EHR-R1)");
        built.Out.ShouldContain("Charts: 2 patients, 18 events");
        built.Out.ShouldContain("Task index: 8 samples of 8 tasks");
        (await Run("build", "--source", "release", "--out", "w")).Out.ShouldContain("Charts are up to date");

        var rows = (await Run("tasks", "w", "--csv")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(9);
        var id = rows.Single(r => r.StartsWith("prescriptions-10-", StringComparison.Ordinal)).Split(',')[0];
        using var sample = JsonDocument.Parse((await Run("sample", "w", "--id", id, "--json")).Out);
        sample.RootElement.GetProperty("output").GetString().ShouldBe("Digoxin");
        sample.RootElement.GetProperty("input").GetString().ShouldNotBeNull().ShouldStartWith("## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F\n\n\n\n## Admissions [2150-03-01 10:00:00]");
        (await Run("chart", "w", "--subject", "10")).Out.ShouldContain("## Diagnoses on International Classification of Diseases [None]");

        (await Run("bench", "w")).Out.ShouldContain("4");
        (await Run("eval", "w", "--model", "copy-last")).Out.ShouldContain("Inpatient_Mortality");
        (await Run("report", "w")).Out.ShouldContain("report.html");
        (await Run("departures", "w")).Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Build_StrictProfileOnARelease_SaysWhyNotAndMakesNothing()
    {
        SmallRelease.Make().Write(_folder.PathOf("release"));
        var ran = await Runner.RunInAsync(_folder.FullPath, "build", "--source", "release", "--out", "w", "--profile", "strict");
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain("The paper's release cannot be built in the strict profile");
        Directory.Exists(_folder.PathOf("w")).ShouldBeFalse();
    }

    private Task<Ran> Run(params string[] arguments) => Runner.SucceedInAsync(_folder.FullPath, arguments);
}
