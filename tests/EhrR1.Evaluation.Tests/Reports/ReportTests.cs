using System.Xml;
using System.Xml.Linq;
using EhrR1.Tasks;

namespace EhrR1.Evaluation.Tests;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EvaluationRunner _runner = new(new StoppedClock());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ToJson_TwoRuns_IsAsReviewed()
    {
        var json = ReportBuilder.ToJson(await Report(synthetic: true));
        Snapshot.ShouldMatch(json.Replace(_folder.FullPath.Replace("\\", "\\\\"), "FOLDER"), "Snapshots/report.json");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Render_AnyReport_IsWellFormedAndNeedsNothingFromOutside(bool synthetic)
    {
        var html = ReportBuilder.Render(await Report(synthetic));
        var page = Parse(html);
        var attributes = page.Descendants().Attributes().ToArray();
        attributes.Where(a => a.Name.LocalName is "src" or "srcset" or "data" or "action").ShouldBeEmpty();
        attributes.Where(a => a.Name.LocalName is "href" or "poster").ShouldAllBe(a => a.Value.StartsWith('#'));
        page.Descendants().Where(e => e.Name.LocalName is "link" or "iframe" or "img" or "object" or "embed").ShouldBeEmpty();
        html.ShouldNotContain("url(");
        html.ShouldNotContain("@import");
        html.ShouldNotContain("http://");
        html.ShouldNotContain("https://");
        html.ShouldNotContain("fetch(");
        var ids = attributes.Where(a => a.Name.LocalName == "id").Select(a => a.Value).ToArray();
        ids.ShouldBeUnique();
        attributes.Where(a => a.Name.LocalName == "href").Select(a => a.Value[1..]).ShouldBeSubsetOf(ids);
    }

    [Fact]
    public async Task Render_RunsOverOtherSamplesWithoutCurves_SayNoMoreThanTheyHave()
    {
        var bench = TinyBench.Write(_folder.PathOf("bench"));
        var runs = new List<RunFolder>();
        foreach (var limit in new[] { 1, 2 })
            runs.Add(await _runner.RunAsync(new ScriptedModel(), new EvaluationOptions { Source = bench, Out = _folder.PathOf($"of-{limit}"), Tasks = ["labevents"], Limit = limit }, cancellationToken: TestContext.Current.CancellationToken));
        var report = new ReportBuilder(new StoppedClock()).Build(runs, cancellationToken: TestContext.Current.CancellationToken);
        var html = ReportBuilder.Render(report);
        html.ShouldContain("The runs were not asked the same samples");
        html.ShouldContain("of-2: 2 samples, 1 tasks");
        html.ShouldNotContain("#curves");
        ReportBuilder.Render(report with { Runs = [report.Runs[0]] }).ShouldNotContain("not asked the same samples");
    }

    [Fact]
    public async Task Render_EveryPlot_TellsAScreenReaderWhatItShows()
    {
        var page = Parse(ReportBuilder.Render(await Report(synthetic: true)));
        var plots = page.Descendants().Where(e => e.Name.LocalName == "svg").ToArray();
        plots.Length.ShouldBeGreaterThan(20);
        plots.ShouldAllBe(p => p.Attribute("role")!.Value == "img" && p.Attribute("aria-label")!.Value.Length > 1);
    }

    [Fact]
    public async Task Render_RealPatients_ShowsIdsAndScoresAlone()
    {
        var report = await Report(synthetic: false);
        report.Examples.ShouldNotBeEmpty();
        report.Examples.ShouldAllBe(e => e.Input == null && e.Truth == null && e.Answers.All(a => a.Text == null));
        var html = ReportBuilder.Render(report);
        html.ShouldContain(report.Examples[0].Id);
        foreach (var label in new[] { "Sodium", "Potassium", "Glucose" })
            (html + ReportBuilder.ToJson(report)).ShouldNotContain(label);
        ReportBuilder.Render(await Report(synthetic: true, "made-up")).ShouldContain("Sodium");
    }

    [Fact]
    public async Task Render_PublishedFigures_AreMarkedAsNotMeasuredHere()
    {
        var page = Parse(ReportBuilder.Render(await Report(synthetic: true)));
        var rows = page.Descendants().Where(e => e.Name.LocalName == "tr" && (string?)e.Attribute("class") == "published").ToArray();
        rows.Length.ShouldBe(PublishedScore.All.Count);
        rows.ShouldAllBe(r => r.Value.Contains("published, not measured here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Build_WithAudit_ShowsIt()
    {
        await Report(synthetic: true);
        var bench = _folder.PathOf("run-bench");
        File.WriteAllText(Path.Combine(bench, BenchmarkFiles.Audit), """{"size":{"decisions":1,"risks":1},"audit":[{"task":"labevents","samples":24,"with_later_item":6,"with_label_shown":3,"labels_changed":2,"only_here":1,"echoes":0}]}""");
        var report = new ReportBuilder(new StoppedClock()).Build([new RunFolder(_folder.PathOf("run-a"))]);
        report.Audit!.Single().WithLaterItem.ShouldBe(6);
        ReportBuilder.Render(report).ShouldContain("25 %");
    }

    [Fact]
    public async Task Write_Report_PutsTheJsonBesideThePage()
    {
        var report = await Report(synthetic: true);
        ReportBuilder.Write(report, _folder.PathOf("out", "report.html"));
        File.ReadAllText(_folder.PathOf("out", "report.html")).ShouldStartWith("<!DOCTYPE html>");
        File.ReadAllText(_folder.PathOf("out", "report.json")).ShouldBe(ReportBuilder.ToJson(report));
    }

    [Fact]
    public void Text_AnyCharacters_StayWellFormed()
    {
        var html = new HtmlText().Element("p", "a < b & c > \"d\" \u0000\u000b\uFFFF", "title", "\"<&>'").ToString();
        XElement.Parse(html).Value.ShouldStartWith("a < b & c > \"d\"");
        Should.Throw<InvalidOperationException>(() => new HtmlText().Open("p").ToString());
    }

    private static XDocument Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private async Task<EvaluationReport> Report(bool synthetic, string name = "run")
    {
        var bench = TinyBench.Write(_folder.PathOf(name + "-bench"));
        var runs = new List<RunFolder>();
        foreach (var (run, model) in new[] { ("a", new ScriptedModel { Name = "prior" }), ("b", new ScriptedModel { Declines = q => q.Task == "services" }) })
        {
            runs.Add(await _runner.RunAsync(model, new EvaluationOptions { Source = bench, Out = _folder.PathOf($"{name}-{run}"), Concurrency = 1 }));
            runs[^1].Write(runs[^1].ReadManifest() with { Synthetic = synthetic, NaturalPrevalence = new Dictionary<string, double> { ["Inpatient_Mortality"] = 0.1 } });
        }

        return new ReportBuilder(new StoppedClock()).Build(runs);
    }
}
