using System.Text;
using EhrR1.Charts;
using EhrR1.Ingest;
using EhrR1.Ingest.Tests;

namespace EhrR1.Tasks.Tests;

/// <summary>The samples of the paper's release are the ones it published.</summary>
public sealed class PublishedIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Index_Release_HoldsItsSamplesOnceInItsSplits()
    {
        using var workspace = await BuildAsync(SmallRelease.Make());
        using var index = TaskIndexStore.Open(workspace);
        var rows = index.ReadAll(TestContext.Current.CancellationToken).ToList();

        rows.Select(r => $"{r.SubjectId} {r.HadmId} {r.Task} {r.Event} {r.AnchorTime:MM-dd HH:mm} {r.PredictionTime:MM-dd HH:mm} {r.ContextStart:MM-dd HH:mm} {r.ContextEnd:MM-dd HH:mm} {r.ContextEvents} {r.AdmissionTime:MM-dd HH:mm} {r.LastDischargeNote:MM-dd HH:mm} {r.Target} {r.Split}").ShouldBe(
        [
            "10 20 ED_Hospitalization edstays 03-01 06:00 03-01 10:30 03-01 06:00 03-01 10:00 3   \"yes\" test",
            "10 20 prescriptions prescriptions 03-01 14:00 03-01 14:00 03-01 10:00 03-01 12:00 2 03-01 10:00  [\"Digoxin\"] test",
            "10 20 Inpatient_Mortality admissions 03-01 10:00 03-02 10:00 03-01 10:00 03-01 15:00 4 03-01 10:00  \"no\" test",
            "10 20 diagnoses_ccs diagnoses_icd 03-05 00:00 03-05 00:00 03-01 12:00 03-05 00:00 4 03-01 10:00  [\"Septicemia\"] test",
            "10 20 Readmission_30day discharge 03-05 00:00 03-05 15:00 03-01 12:00 03-05 00:00 4 03-01 10:00  \"no\" test",
            "10  omr omr 03-05 00:00 03-05 00:00   2  03-05 00:00 [\"Weight (Lbs)\"] test",
            "10 21 labevents labevents 06-01 10:00 06-01 10:00 06-01 08:00 06-01 09:00 2 06-01 08:00 03-05 00:00 [\"Potassium\"] test",
            "11  next_event labevents 02-01 10:00 02-01 10:00   0   [\"labevents\"] train",
        ]);
        rows.Select(r => r.Id).ShouldBeUnique();
        rows.ShouldAllBe(r => index.Find(r.Id, TestContext.Current.CancellationToken).Published == r.Published);
        index.Manifest.Samples["prescriptions"].ShouldBe(1);
        index.Manifest.Positives["ED_Hospitalization"].ShouldBe(1);
    }

    [Fact]
    public async Task Prompts_Release_AreThePublishedOnes()
    {
        using var workspace = await BuildAsync(SmallRelease.Make());
        var text = new StringBuilder();
        foreach (var sample in Samples(workspace))
            text.Append($"===== {sample.Task.Name} {sample.Row.SubjectId}\n{sample.Prompt}\n----- {sample.Output}\n");
        Snapshot.ShouldMatch(text.ToString(), "Release.expected.txt");
    }

    [Fact]
    public async Task Bench_Release_DrawsTestSamplesAndAuditsThemWithoutAStrictCounterpart()
    {
        using var workspace = await BuildAsync(SmallRelease.Make());
        var result = BenchmarkBuilder.Build(workspace, workspace.PathOf(BenchmarkFiles.Folder), new DrawOptions(), cancellationToken: TestContext.Current.CancellationToken);

        result.Size.ShouldBe(new BenchmarkSize(4, 3));
        result.Audit.Sum(a => a.OnlyHere + a.LabelsChanged).ShouldBe(0);
        BenchmarkReader.ReadFolder(workspace.PathOf(BenchmarkFiles.Folder)).Select(s => s.Prompt).ShouldBe(
            Samples(workspace).Where(s => s.Row.Split == SplitNames.Test).OrderBy(s => s.Task.Kind).Select(s => s.Prompt), ignoreOrder: true);
    }

    [Fact]
    public async Task Index_TasksAskedFor_HoldsThemAlone()
    {
        using var workspace = await BuildAsync(SmallRelease.Make(), new TaskIndexBuildOptions { Tasks = ["omr"] });
        Samples(workspace).ShouldHaveSingleItem().Task.Name.ShouldBe("omr");
    }

    [Theory]
    [InlineData("prescriptions", "prescriptions", 4, 7, "[\"x\"]", "The release's index has a sample of 'prescriptions' whose anchor, event 7, is no 'prescriptions' of the chart")]
    [InlineData("prescriptions", "prescriptions", 4, 16, "[\"x\"]", "The release's index has a sample of 'prescriptions' whose anchor, event 16, is no 'prescriptions' of the chart")]
    [InlineData("prescriptions", "omr", 4, 11, "[\"x\"]", "The release's index has a sample of 'prescriptions' whose anchor, event 11, is no 'omr' of the chart")]
    [InlineData("LengthOfStay_9day", "admissions", 4, 7, "no", "The release's index names a task 'LengthOfStay_9day' that this program does not know")]
    [InlineData("LengthOfStay_3day", "admissions", 4, 7, "perhaps", "The release's index has a sample of 'LengthOfStay_3day' with no answer that fits it")]
    [InlineData("prescriptions", "prescriptions", 4, 6, "[]", "The release's index has a sample of 'prescriptions' with no answer that fits it")]
    public async Task Index_SampleThatDoesNotFit_IsNamed(string task, string @event, int begin, int end, string target, string what)
    {
        var release = SmallRelease.Make().Without(SmallRelease.Bench).Sample(SmallRelease.Bench, 10, "20", task, @event, begin, end, 4, null, target);
        var error = await Should.ThrowAsync<EhrR1Exception>(() => BuildAsync(release));
        error.What.ShouldBe(what);
        error.Where.ShouldBe($"{SmallRelease.Bench}, record 2, subject 10");
    }

    [Fact]
    public async Task Index_ReleaseWithoutIndexFiles_IsMadeByOurRules()
    {
        using var workspace = await BuildAsync(SmallRelease.Make().Without(SmallRelease.Bench).Without(SmallRelease.Risk).Without(SmallRelease.Train));
        var samples = Samples(workspace).ToLookup(s => (s.Task.Name, s.Row.AnchorTime.Month));

        // The misplaced HCPCS rows at both ends keep no context from being found, and codes without a time stand where their neighbour does.
        samples[("prescriptions", 3)].ShouldHaveSingleItem().Row.ContextEvents.ShouldBe(4);
        samples[("diagnoses_ccs", 3)].ShouldHaveSingleItem().Row.AnchorTime.ShouldBe(new DateTime(2150, 3, 5));
        samples[("LengthOfStay_7day", 6)].ShouldHaveSingleItem().Output.ShouldBe("yes");
        samples[("labevents", 6)].ShouldHaveSingleItem().Input.ShouldContain("## Provider Order Entry [2150-06-01 09:00:00]");
        samples.SelectMany(s => s).ShouldAllBe(s => s.Row.Published == null);
        samples.SelectMany(s => s).Where(s => s.Task.Name == "next_event").ShouldAllBe(s => s.Row.Event != "drgcodes" && s.Row.Event != "diagnoses_icd");
    }

    [Fact]
    public async Task Charts_OfTheSameHospitalBothWays_AreTheSame()
    {
        var source = SmallHospital.Make().Write(_folder.PathOf("mimic"));
        await RoundTrip.CheckAsync(source, maps: null, _folder, patients: null);
    }

    [Fact]
    public async Task Charts_OfTheRealDemoBothWays_AreTheSame()
    {
        var source = RealData.Demo();

        // The rest hold codes or what is never shown.
        var (charts, prompts, agreeing) = await RoundTrip.CheckAsync(source, RealData.Maps(), _folder, patients: 2);
        charts.ShouldBe(2);
        (agreeing / (double)prompts).ShouldBeGreaterThan(0.9);
    }

    private static List<Sample> Samples(Workspace workspace)
    {
        var charts = ChartStore.Open(workspace);
        using var index = TaskIndexStore.Open(workspace);
        var builder = new SampleBuilder(workspace.Profile, hasDischargeNotes: index.Manifest.HasDischargeNotes);
        return [.. charts.ReadAll().SelectMany(chart => index.ReadSubject(chart.SubjectId).Select(row => builder.Build(chart, row)))];
    }

    private async Task<Workspace> BuildAsync(ReleaseWriter release, TaskIndexBuildOptions? tasks = null)
    {
        var workspace = Workspace.Create(_folder.PathOf("ws"), new WorkspaceManifest { Profile = "ehr-bench", Seed = 42 });
        try
        {
            await ChartBuild.RunAsync(workspace, new BuildOptions { Source = release.Write(_folder.PathOf("release")), Workspace = workspace.Folder, Threads = 2, MemoryBytes = 1L << 30 });
            TaskIndexBuilder.Build(workspace, tasks ?? new TaskIndexBuildOptions());
            return workspace;
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }
}
