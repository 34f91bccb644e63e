using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests.Synthesis;

/// <summary>Draws among the samples that a teacher can explain.</summary>
public sealed class TaughtDrawTests
{
    private static readonly DrawFilter _all = DrawFilter.For(ChartProfile.Strict);

    [Fact]
    public void Draw_FewSamplesWithGraphs_DrawsAmongThemAlone()
    {
        using var taught = new TaughtWorkspace(12);
        var graphs = taught.Workspace.PathOf("graphs");
        // Only three of twelve keep their graph.
        string[] kept = [taught.Ids[2], taught.Ids[7], taught.Ids[8]];
        foreach (var (id, shard) in taught.Ids.Select((id, shard) => (id, shard)).Where(i => !kept.Contains(i.id)))
            File.WriteAllText(Path.Combine(graphs, GraphBuild.FileOf("train", shard)), "");

        for (int most = 1; most <= 4; most++)
        {
            for (long seed = 0; seed < 5; seed++)
            {
                var options = new DrawOptions { PerTask = most, Split = "train", Seed = seed, Filter = _all };
                var selection = TaughtDraw.Draw(taught.Workspace, graphs, options, risks: false);
                var drawn = TaughtSamples.Read(taught.Workspace, graphs, "train", selection).Select(t => t.Sample.Id).ToList();
                drawn.Count.ShouldBe(Math.Min(most, 3));
                drawn.ShouldBeSubsetOf(kept);
                selection.Count.ShouldBe(drawn.Count);
                // More are drawn by adding to the fewer.
                if (most > 1)
                    TaughtSamples.Read(taught.Workspace, graphs, "train", TaughtDraw.Draw(taught.Workspace, graphs, options with { PerTask = most - 1 }, risks: false)).Select(t => t.Sample.Id).ShouldBeSubsetOf(drawn);
            }
        }
    }

    [Fact]
    public void Draw_AllHaveGraphs_DrawsWhatAnyDrawDoes()
    {
        using var taught = new TaughtWorkspace(12);
        var graphs = taught.Workspace.PathOf("graphs");
        var options = new DrawOptions { PerTask = 5, Split = "train", Seed = 3, Tasks = ["prescriptions"], Filter = _all };
        var twin = BenchmarkBuilder.Draw(taught.Workspace, options);
        TaughtSamples.Read(taught.Workspace, graphs, "train", TaughtDraw.Draw(taught.Workspace, graphs, options, risks: false)).Select(t => t.Sample.Id)
            .ShouldBe(TaughtSamples.Read(taught.Workspace, graphs, "train", twin).Select(t => t.Sample.Id));
    }

    [Fact]
    public void Draw_Risks_AreDrawnWithoutGraphsWhereTheyAreWanted()
    {
        using var taught = new TaughtWorkspace(6);
        var options = new DrawOptions { PerTask = 1, Split = "train", Filter = _all };
        var risks = TaughtSamples.ReadWithRisks(taught.Workspace, null, "train", TaughtDraw.Draw(taught.Workspace, null, options, risks: true)).ToList();
        risks.ShouldNotBeEmpty();
        risks.ShouldAllBe(t => t.Sample.Task.Kind == TaskKind.Risk);
        risks.Select(t => t.Sample.Task.Name).ShouldBeUnique();
        TaughtDraw.Draw(taught.Workspace, null, options, risks: false).Count.ShouldBe(0);
    }

    [Fact]
    public void Draw_DamagedGraphs_SaysWhere()
    {
        using var taught = new TaughtWorkspace(2);
        var graphs = taught.Workspace.PathOf("graphs");
        File.WriteAllText(Path.Combine(graphs, GraphBuild.FileOf("train", 1)), "{\"id\": \"a");
        Should.Throw<EhrR1Exception>(() => Draw(taught.Workspace, graphs)).Message.ShouldContain("no thinking graph");
        File.Delete(Path.Combine(graphs, GraphBuild.FileOf("train", 1)));
        Should.Throw<EhrR1Exception>(() => Draw(taught.Workspace, graphs)).Message.ShouldContain("has no thinking graphs");
    }

    private static SampleSelection Draw(Workspace workspace, string graphs) => TaughtDraw.Draw(workspace, graphs, new DrawOptions { Split = "train", Filter = _all }, risks: false);
}
