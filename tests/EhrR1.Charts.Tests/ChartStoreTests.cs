namespace EhrR1.Charts.Tests;

public sealed class ChartStoreTests : IDisposable
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void ReadAll_ChartsOfSeveralShards_ComeBackAsTheyWere(ChartProfile profile)
    {
        PatientChart[][] shards = [[EveryEventType.WithOneItem(profile) with { SubjectId = 3 }, Small(4)], [EveryEventType.WithSeveralItems(profile) with { SubjectId = 9 }]];
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), profile, shards);
        var store = ChartStore.Open(workspace);
        store.Profile.ShouldBe(profile);
        store.ShardCount.ShouldBe(2);
        store.Subjects.Select(s => (s.SubjectId, s.Shard)).ShouldBe([(3, 0), (4, 0), (9, 1)]);
        var all = store.ReadAll().ToList();
        all.Select(Describe).ShouldBe(shards.SelectMany(s => s).Select(Describe));
        store.ReadShard(1).Single().SubjectId.ShouldBe(9);
    }

    [Fact]
    public void Read_OneSubject_IsTheChartOfReadAll()
    {
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), ChartProfile.EhrBench, [Small(3), EveryEventType.WithOneItem(ChartProfile.EhrBench) with { SubjectId = 4 }, Small(5)]);
        var store = ChartStore.Open(workspace);
        foreach (var chart in store.ReadAll().ToList())
            Describe(store.Read(chart.SubjectId)!).ShouldBe(Describe(chart));
        store.Read(99).ShouldBeNull();
    }

    [Fact]
    public void Open_WorkspaceWithoutCharts_SaysHowToBuildThem()
    {
        using var workspace = Workspace.Create(_folder.PathOf("ws"), new WorkspaceManifest { Profile = "strict", Seed = 1 });
        Should.Throw<EhrR1Exception>(() => ChartStore.Open(workspace)).What.ShouldBe("The workspace has no charts yet");
    }

    [Theory]
    [InlineData("patients")]
    [InlineData("omr")]
    [InlineData("services")]
    public void ReadAll_MissingFile_IsAnErrorAndNotAShorterChart(string type)
    {
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), ChartProfile.EhrBench, [Small(3), Small(4)]);
        File.Delete(workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(EventCatalog.Get(type), 0)));
        var store = ChartStore.Open(workspace);
        Should.Throw<EhrR1Exception>(() => store.ReadAll().ToList()).WhatToDo.ShouldContain("ehr-r1 build");
        Should.Throw<EhrR1Exception>(() => store.Read(4)).WhatToDo.ShouldContain("ehr-r1 build");
    }

    [Fact]
    public void ReadAll_DamagedFile_NamesTheFile()
    {
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), ChartProfile.EhrBench, [Small(3)]);
        var path = workspace.PathOf(ChartSchema.Folder, ChartSchema.FileOf(EventCatalog.Get("omr"), 0));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
        var store = ChartStore.Open(workspace);
        var error = Should.Throw<EhrR1Exception>(() => store.ReadAll().ToList());
        error.What.ShouldStartWith("A file of the chart store cannot be read: ");
        error.Where.ShouldBe(path);
    }

    [Fact]
    public void Open_DamagedListOfSubjects_NamesTheFile()
    {
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), ChartProfile.EhrBench, [Small(3)]);
        var path = workspace.PathOf(ChartSchema.Folder, ChartSchema.SubjectsFile);
        File.WriteAllText(path, "not a Parquet file at all");
        Should.Throw<EhrR1Exception>(() => ChartStore.Open(workspace)).Where.ShouldBe(path);
    }

    [Fact]
    public void ReadAll_Cancelled_Stops()
    {
        using var workspace = StoreWriter.Write(_folder.PathOf("ws"), ChartProfile.EhrBench, [Small(3), Small(4)]);
        var store = ChartStore.Open(workspace);
        using var stop = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() =>
        {
            foreach (var _ in store.ReadAll(stop.Token))
                stop.Cancel();
        });
    }

    private static PatientChart Small(long subject) => new ChartBuilder(subject).Patient()
        .Add("omr", _noon, null, ("result_name", "BMI | it's\n"), ("result_value", "0389"))
        .Add("omr", _noon.AddDays(1), null, ("result_name", "Weight"))
        .Add("labevents", _noon.AddDays(2), 20, null, _noon.AddDays(3), ("valuenum", 0.1), ("itemid", 5L))
        .Add("services", _noon.AddDays(4), 20, ("curr_service", "MED")).Build();

    private static string Describe(PatientChart chart)
    {
        var events = chart.Events.Select(e => $"{e.Position} {e.Type} {e.Start:s} {e.End:s} {e.HadmId} {e.StayId}: "
            + string.Join(" / ", e.Select(i => $"{i.Time:s} {i.VisibleFrom:s} {string.Join(", ", i.Type.Columns.Select(c => ChartMarkdown.TextOf(i, c)))}")));
        return $"{chart.SubjectId}\n{string.Join('\n', events)}";
    }
}
