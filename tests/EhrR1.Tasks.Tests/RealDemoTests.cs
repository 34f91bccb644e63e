using System.Globalization;
using EhrR1.Charts;
using EhrR1.Ingest;

namespace EhrR1.Tasks.Tests;

/// <summary>The whole index of the public MIMIC-IV demo, against counts that an independent program found by the same definitions.</summary>
public sealed class RealDemoTests
{
    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public async Task Build_Demo_HasTheKnownSamplesAndNoStrictLeak(ChartProfile profile)
    {
        var (source, maps) = (RealData.Demo(), RealData.Maps());
        using var folder = new TemporaryFolder();
        using var workspace = Workspace.Create(folder.FullPath, new WorkspaceManifest { Profile = ChartProfileNames.NameOf(profile), Seed = 42 });
        await ChartBuild.RunAsync(workspace, new BuildOptions { Source = source, Workspace = folder.FullPath, Profile = profile, Maps = maps }, cancellationToken: TestContext.Current.CancellationToken);

        var manifest = TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions(), cancellationToken: TestContext.Current.CancellationToken);
        var result = BenchmarkBuilder.Build(
            workspace,
            workspace.PathOf(BenchmarkFiles.Folder),
            new DrawOptions { PerTask = 20, Filter = DrawFilter.For(profile) },
            cancellationToken: TestContext.Current.CancellationToken);

        manifest.HasDischargeNotes.ShouldBeFalse();
        var lines = manifest.Samples.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}{(manifest.Positives.TryGetValue(s.Key, out var yes) ? $" yes {yes}" : "")}"));
        Snapshot.ShouldMatch(string.Join('\n', lines) + "\n", $"Demo.{manifest.Profile}.expected.txt");
        result.Audit.Sum(a => a.Samples).ShouldBe(result.Size.Decisions + result.Size.Risks);
        if (profile == ChartProfile.Strict)
            result.Audit.ShouldAllBe(a => a.WithLaterItem == 0);
        else
            result.Audit.ShouldContain(a => a.WithLaterItem > 0);
    }
}
