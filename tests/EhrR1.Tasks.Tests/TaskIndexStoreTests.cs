using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class TaskIndexStoreTests
{
    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Build_Workspace_StoresTheRowsOfTheIndexer(ChartProfile profile)
    {
        using var folder = new TemporaryFolder();
        PatientChart[] charts = [Patient(1).Build(profile), Patient(2).Note(20, visible: 30).Build(profile)];
        using var workspace = TinyWorkspace.Create(folder.FullPath, profile, charts);

        var manifest = TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions(), cancellationToken: TestContext.Current.CancellationToken);

        var expected = Expected(charts, profile);
        using var store = TaskIndexStore.Open(workspace);
        var rows = store.ReadAll(TestContext.Current.CancellationToken).ToList();
        rows.Select(Text).ShouldBe(expected.Select(Text));
        manifest.HasDischargeNotes.ShouldBeTrue();
        manifest.Samples.Values.Sum().ShouldBe(rows.Count);
        manifest.Positives["Inpatient_Mortality"].ShouldBe(0);
        store.ReadTask("poe").ShouldAllBe(r => r.Task == "poe");
        store.ReadSubject(2).ShouldAllBe(r => r.SubjectId == 2);
        Text(store.Find(rows[^1].Id)).ShouldBe(Text(rows[^1]));
        Should.Throw<EhrR1Exception>(() => store.Find("poe-2-0123"));
        Should.Throw<EhrR1Exception>(() => store.Find("nonsense"));
    }

    [Fact]
    public void Build_AnyNumberOfThreads_WritesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.EhrBench, Patient(1).Build(), Patient(2).Build(), Patient(3).Build());

        var hashes = new[] { 1, 3 }.Select(threads =>
        {
            TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Threads = threads });
            return Directory.EnumerateFiles(workspace.PathOf(TaskIndexSchema.Folder)).Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f) + FileHash.OfFile(f)).ToList();
        }).ToList();

        hashes[0].ShouldBe(hashes[1]);
        hashes[0].Count.ShouldBe(5);
    }

    [Fact]
    public void Build_SomeTasks_HoldsThemAlone()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.EhrBench, Patient(1).Build());

        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Tasks = ["poe"] }).Samples.Keys.ShouldBe(["poe"]);
        Should.Throw<EhrR1Exception>(() => TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { Tasks = ["pox"] })).Message.ShouldContain("pox");
    }

    [Fact]
    public void ReadByPatient_ChartsOfTheIndex_GivesEachPatientItsRows()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.EhrBench, Patient(1).Build(), Patient(2).Build());
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions { TestShare = 0, FewShotShare = 0 });
        using var store = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);

        var read = Enumerable.Range(0, charts.ShardCount).SelectMany(s => store.ReadByPatient(charts, s, ["poe", "services"], SplitNames.Train)).ToList();

        read.Select(r => r.Chart.SubjectId).ShouldBe([1, 2]);
        read.ShouldAllBe(r => r.Rows.All(row => row.SubjectId == r.Chart.SubjectId));
        read.SelectMany(r => r.Rows).Select(r => r.Id).ShouldBe(store.ReadAll().Where(r => r.Task is "poe" or "services").Select(r => r.Id));
    }

    [Fact]
    public void ReadByPatient_ChartsWithoutAPatientOfTheIndex_SaysThatTheyDoNotFit()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.PathOf("one"), ChartProfile.EhrBench, Patient(1).Build(), Patient(2).Build());
        using var other = TinyWorkspace.Create(folder.PathOf("other"), ChartProfile.EhrBench, Patient(3).Build());
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions());
        using var store = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(other);

        Should.Throw<EhrR1Exception>(() => Enumerable.Range(0, charts.ShardCount).SelectMany(s => store.ReadByPatient(charts, s, null, null)).Count())
            .What.ShouldStartWith("The task index does not fit the charts");
    }

    [Fact]
    public void Open_WorkspaceWithoutIndex_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.EhrBench, Patient(1).Build());

        Should.Throw<EhrR1Exception>(() => TaskIndexStore.Open(workspace)).Message.ShouldContain("ehr-r1 build");
    }

    [Fact]
    public void ReadAll_DamagedFile_IsTheUsersError()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.EhrBench, Patient(1).Build());
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions());
        var file = workspace.PathOf(TaskIndexSchema.Folder, TaskIndexSchema.FileOf(0));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..40]);

        using var store = TaskIndexStore.Open(workspace);
        Should.Throw<EhrR1Exception>(() => store.ReadAll().Count()).Message.ShouldContain(file);
    }

    [Fact]
    public void Build_Benchmark_WritesAndReadsBack()
    {
        using var folder = new TemporaryFolder();
        using var workspace = TinyWorkspace.Create(folder.FullPath, ChartProfile.Strict, Patient(1).Build(ChartProfile.Strict), Patient(2).Build(ChartProfile.Strict));
        TaskIndexBuilder.Build(workspace, new TaskIndexBuildOptions());
        var bench = workspace.PathOf(BenchmarkFiles.Folder);

        var result = BenchmarkBuilder.Build(workspace, bench, new DrawOptions { Split = null, Filter = DrawFilter.For(ChartProfile.Strict) });

        var samples = BenchmarkReader.ReadFolder(bench).ToList();
        samples.Count.ShouldBe((int)(result.Size.Decisions + result.Size.Risks));
        samples.Count.ShouldBeGreaterThan(4);
        result.Audit.Sum(a => a.Samples).ShouldBe(samples.Count);
        result.Audit.ShouldAllBe(a => a.WithLaterItem == 0);
        File.Exists(Path.Combine(bench, BenchmarkFiles.Audit)).ShouldBeTrue();
        Directory.EnumerateFiles(bench).Count().ShouldBe(3);
        using var store = TaskIndexStore.Open(workspace);
        foreach (var sample in samples)
            sample.Labels.ShouldBe(store.Find(sample.Id).Labels);
    }

    private static ChartBuilder Patient(long id) => new ChartBuilder(id).Patient(anchorAge: 50 + (int)id).Admission(0, 40)
        .Lab(1, "Sodium").Lab(1, "Potassium \"K\"").Order(2).Lab(3, "Sodium", stored: 5).Order(4, type: "Lab")
        .Add("radiology", At(5), 1, ("exam_name", """["CHEST (PA & LAT)"]"""), ("text", "Clear."));

    private static List<TaskIndexRow> Expected(IEnumerable<PatientChart> charts, ChartProfile profile)
    {
        var rows = charts.SelectMany(new TaskIndexer(new TaskIndexOptions { Profile = profile, Split = new PatientSplit { Seed = 7 } }).Index).ToList();
        var counts = new LabelCounts();
        rows.ForEach(counts.Add);
        return [.. rows.Select(r => r with { Weight = counts.WeightOf(r) })];
    }

    private static string Text(TaskIndexRow row) => FormattableString.Invariant(
        $"{row.Id} {row.SubjectId} {row.HadmId} {row.Task} {row.Event} {row.AnchorTime:s} {row.PredictionTime:s} {row.ContextStart:s} {row.ContextEnd:s} {row.ContextEvents} {row.AdmissionTime:s} {row.LastDischargeNote:s} {row.Target} {row.Weight:R} {row.Split} {row.Echo} {row.PatientEvents}");
}
