using EhrR1.Examples;

namespace EhrR1.Cli.Tests;

/// <summary>The examples of docs/examples, run one after another on a hospital of their own.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public async Task Examples_OfEveryRoom_RunAsTheyStand()
    {
        using var folder = new TemporaryFolder();
        var token = TestContext.Current.CancellationToken;
        (await HospitalExample.WriteAsync(folder.PathOf("hospital"), token)).ShouldBeGreaterThan(100);
        (await IngestExample.BuildAsync(folder.PathOf("hospital"), folder.PathOf("w"), token)).ShouldBe(20);
        ChartsExample.FirstChart(folder.PathOf("w")).ShouldStartWith("## Patient Demographics [None]");
        var (prompt, answer) = TasksExample.FirstSample(folder.PathOf("w"));
        prompt.ShouldContain("Given the sequence of events");
        ScoringExample.F1(answer, answer.Split('\n')).ShouldBe(1);
        TerminologyTests.Tables(folder);
        KnowledgeExample.Concepts(folder.PathOf("k"), folder.PathOf("my.terminology"), "hart failure").ShouldBe(["Heart failure"]);
        await Runner.SucceedInAsync(folder.FullPath, "bench", "w", "--per-task", "5");
        (await EvaluationExample.ReportAsync(folder.PathOf("w"), folder.PathOf("report.html"), token)).ShouldNotBeNull();
        File.Exists(folder.PathOf("report.html")).ShouldBeTrue();
    }
}
