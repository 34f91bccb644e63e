using System.Globalization;
using System.Text;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>The public MIMIC-IV demo: what goes in comes out, to the byte. Only hashes and counts are kept here, no patient's text.</summary>
public sealed class DemoTests
{
    [Theory]
    [InlineData("ehr-bench")]
    [InlineData("strict")]
    public async Task Demo_AllCharts_AreAsReviewed(string profile)
    {
        using var folder = new TemporaryFolder();
        var result = await Build.Run(RealData.Demo(), folder.PathOf("ws"), o => o with { Maps = RealData.Maps(), Profile = ChartProfileNames.Parse(profile) });
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"patients {result.Patients}, events {result.Events}, items {result.Items}");
        foreach (var (table, counts) in result.Record.Counts["tables"]!.AsObject())
            text.AppendLine(CultureInfo.InvariantCulture, $"{table} {counts!.ToJsonString()}");
        text.AppendLine(result.Record.Counts["maps"]!.ToJsonString());
        foreach (var warning in result.Record.Warnings)
            text.AppendLine(warning);
        using var workspace = Workspace.Open(folder.PathOf("ws"));
        var store = ChartStore.Open(workspace);
        var markdown = new ChartMarkdown(workspace.Profile);
        foreach (var chart in store.ReadAll())
            text.AppendLine(CultureInfo.InvariantCulture, $"{chart.SubjectId} {chart.Events.Count} {FileHash.OfText(markdown.Render(chart.Events))}");
        Snapshot.ShouldMatch(text.ToString(), $"Snapshots/demo.{profile}.txt");
    }

    [Fact]
    public async Task Demo_OneChartById_IsTheChartOfReadingAll()
    {
        using var folder = new TemporaryFolder();
        await Build.Run(RealData.Demo(), folder.PathOf("ws"), o => o with { LimitPatients = 20, RowsPerShard = 20_000 });
        using var workspace = Workspace.Open(folder.PathOf("ws"));
        var store = ChartStore.Open(workspace);
        store.ShardCount.ShouldBeGreaterThan(1);
        foreach (var chart in store.ReadAll().ToList())
            Build.Describe(store.Read(chart.SubjectId)!).ShouldBe(Build.Describe(chart));
    }
}
