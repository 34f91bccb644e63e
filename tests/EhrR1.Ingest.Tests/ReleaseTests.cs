using System.Text;
using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>The paper's own release becomes charts as it stands.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Build_SmallRelease_KeepsEventsOrderTimesAndText()
    {
        await Run(SmallRelease.Make());

        var text = new StringBuilder();
        var markdown = new ChartMarkdown(ChartProfile.EhrBench);
        foreach (var chart in Build.Charts(_folder.PathOf("ws")))
        {
            text.Append(Build.Describe(chart)).Append("\n\n");
            foreach (var e in chart.Events)
            {
                markdown.Append(text, e);
                text.Append("\n\n");
            }
        }

        Snapshot.ShouldMatch(text.ToString(), "Snapshots/release.expected.txt");
    }

    [Fact]
    public async Task Build_SmallRelease_RecordsWhatItReadAndSaysWhatItRespelt()
    {
        var record = (await Run(SmallRelease.Make())).Record;

        record.Inputs.Select(i => i.Key).ShouldBe(
        [
            "patients_ehr", SmallRelease.Bench, SmallRelease.Risk, SmallRelease.Train, "index_mapping/hosp/d_atc_prescriptions.csv", "index_mapping/hosp/d_ccs_diagnoses.csv", "index_mapping/hosp/d_ccs_procedures.csv",
            "index_mapping/hosp/d_icd_diagnoses.csv", "index_mapping/hosp/d_icd_procedures.csv", "index_mapping/hosp/d_labitems.csv", "index_mapping/icu/d_items.csv", "index_mapping/note/radiology_detail.csv",
        ]);
        record.Inputs["patients_ehr"]!["files"]!.GetValue<int>().ShouldBe(2);
        ((long)record.Counts["published_samples"]!).ShouldBe(8);
        record.Counts["tables"]!["labevents"]!.ToJsonString().ShouldBe("""{"rows_in":5,"rows_out":5,"looked_up":{"item_name":{"rows":5,"found":4}}}""");
        record.Warnings.ShouldBe(["1 numbers are shown as the shortest decimal, which is not how the release spells them."]);
    }

    [Fact]
    public async Task Build_DerivedFieldsInItems_AreTakenFromThem()
    {
        var release = new ReleaseWriter();
        release.Event(10, "patients", null, null, null, [("gender", "F"), ("anchor_age", "60")]);
        release.EventRaw(10, "labevents", "2150-01-01 00:00:00", "2150-01-01 00:00:00", "20.0", """[{"itemid": 50983, "item_name": "Sodium NaN", "valuenum": 1.5, "valueuom": NaN, "flag": null, "comments": "a \" NaN"}]""");
        release.Event(10, "radiology", "2150-01-02 00:00:00", "2150-01-02 00:00:00", null, [("note_id", "x"), ("exam_name", "['CT', \"it's\"]"), ("text", "t")]);

        var result = await Run(release);

        Build.Values(_folder, "labevents", "item_name").ShouldBe(["Sodium NaN"]);
        Build.Values(_folder, "labevents", "valueuom").ShouldBe(["nan"]);
        Build.Values(_folder, "labevents", "comments").ShouldBe(["a \" NaN"]);
        Build.Values(_folder, "radiology", "exam_name").ShouldBe(["['CT', \"it's\"]"]);
        Build.Chart(_folder, 10).Events[1].HadmId.ShouldBe(20);
        result.Record.Warnings[0].ShouldBe("The release's folder has no index files (ehr_bench, ehr_ins): the task index is computed by this program's own rules, not the published one.");
        result.Record.Warnings.ShouldContain("The release's folder has no dictionary 'hosp/d_labitems': 'item_name' of labevents is known only where the items themselves hold it.");
        Directory.Exists(_folder.PathOf("ws", "published")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 3)]
    public async Task Build_AnyNumberOfThreads_GivesTheSameBytes(int threads, int rowsPerShard)
    {
        var source = SmallRelease.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("one"), o => o with { Threads = 2, RowsPerShard = rowsPerShard });
        await Build.Run(source, _folder.PathOf("other"), o => o with { Threads = threads, RowsPerShard = rowsPerShard });
        Build.Files(_folder.PathOf("other")).ShouldBe(Build.Files(_folder.PathOf("one")));
    }

    [Fact]
    public async Task Build_CancelledAtAnyStep_ResumesToTheSameBytes()
    {
        var source = SmallRelease.Make().Write(_folder.PathOf("source"));
        await Build.Run(source, _folder.PathOf("whole"), OneAShard);
        var whole = Build.Files(_folder.PathOf("whole"));
        for (var step = 1; step <= 2; step++)
        {
            using var stop = new CancellationTokenSource();
            var workspace = _folder.PathOf($"cut-{step}");
            try
            {
                await Build.Run(source, workspace, OneAShard, new ResumeTests.AtReport(step, stop.Cancel), stop.Token);
            }
            catch (OperationCanceledException)
            {
                File.Exists(Path.Combine(workspace, "charts", "subjects.parquet")).ShouldBeFalse();
                (await Build.Run(source, workspace, OneAShard)).WasUpToDate.ShouldBeFalse();
            }

            Build.Files(workspace).ShouldBe(whole, $"cancelled at report {step}");
        }

        (await Build.Run(source, _folder.PathOf("whole"), OneAShard)).WasUpToDate.ShouldBeTrue();
    }

    [Fact]
    public async Task Build_FromMimicIntoTheSameWorkspace_LeavesNothingOfTheRelease()
    {
        await Run(SmallRelease.Make());
        Directory.Exists(_folder.PathOf("ws", "published")).ShouldBeTrue();
        await Build.Run(SmallHospital.Make().Only("hosp/omr").Write(_folder.PathOf("mimic")), _folder.PathOf("ws"));
        Directory.Exists(_folder.PathOf("ws", "published")).ShouldBeFalse();
        Build.Charts(_folder.PathOf("ws")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Build_SubjectsAskedFor_TakesThemAlone()
    {
        var result = await Run(SmallRelease.Make(), o => o with { Subjects = [11, 999] });
        Build.Charts(_folder.PathOf("ws")).ShouldHaveSingleItem().SubjectId.ShouldBe(11);
        ((long)result.Record.Counts["published_samples"]!).ShouldBe(1);
        (await Should.ThrowAsync<EhrR1Exception>(() => Run(SmallRelease.Make(), o => o with { Subjects = [999] }))).What.ShouldBe("None of the 1 subjects asked for is in the source");
    }

    [Fact]
    public void Open_Folder_IsToldByItsFiles()
    {
        var release = SmallRelease.Make().Write(_folder.PathOf("release"));
        var nested = _folder.PathOf("nested", "mimic-iv-ehr-analysis", "1.0");
        SmallRelease.Make().Write(nested);
        var mimic = SmallHospital.Make().Write(_folder.PathOf("mimic"));

        Open(release).Kind.ShouldBe("the paper's own release (EHR-R1)");
        Open(_folder.PathOf("nested")).Files.Count().ShouldBe(Open(release).Files.Count());
        Open(Path.Combine(release, "patients_ehr")).Files.Count().ShouldBe(2);
        Open(mimic).Kind.ShouldBe("a MIMIC-IV folder");
        var plan = BuildPlan.Make(new BuildOptions { Source = release, Workspace = _folder.PathOf("ws") });
        plan.Tables.Select(t => t.Table).ShouldBe(["patients_ehr", "ehr_bench_decision_making", "ehr_bench_risk_prediction", "ehr_ins"]);
        plan.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Open_FolderOfTwoKindsOrNone_IsAnError()
    {
        var both = SmallHospital.Make().Write(SmallRelease.Make().Write(_folder.PathOf("both")));
        Fault(both).ShouldBe($"The source holds two kinds of record: the paper's release and MIMIC-IV's files ({Path.Combine(both, "patients_ehr")} and {Path.Combine(both, "hosp")}). Give the folder of one of them.");
        var none = Directory.CreateDirectory(_folder.PathOf("none")).FullName;
        Fault(none).ShouldStartWith($"The source folder is of no known kind ({none}).");
        File.WriteAllText(Path.Combine(none, "patients_ehr.tar.gz"), "x");
        Fault(none).ShouldStartWith($"The patients of the paper's release are still packed ({Path.Combine(none, "patients_ehr.tar.gz")}).");
        Directory.CreateDirectory(Path.Combine(none, "patients_ehr"));
        Fault(none).ShouldStartWith($"The release has no patients ({Path.Combine(none, "patients_ehr")}).");
        Directory.CreateDirectory(Path.Combine(none, "old", "patients_ehr"));
        Fault(none).ShouldStartWith("The source holds the folder 'patients_ehr' twice");
    }

    [Fact]
    public void Open_StrictProfileOrMaps_IsAnError()
    {
        var release = SmallRelease.Make().Write(_folder.PathOf("release"));
        Fault(release, o => o with { Profile = ChartProfile.Strict }).ShouldStartWith("The paper's release cannot be built in the strict profile: it does not say when results were known");
        Fault(release, o => o with { Maps = release }).ShouldStartWith("The paper's release brings its own code maps");
    }

    private static BuildOptions OneAShard(BuildOptions options) => options with { RowsPerShard = 1 };

    private IChartSource Open(string source, Func<BuildOptions, BuildOptions>? with = null)
    {
        var options = new BuildOptions { Source = source, Workspace = _folder.PathOf("ws") };
        return ChartSources.Open(with?.Invoke(options) ?? options);
    }

    private string Fault(string source, Func<BuildOptions, BuildOptions>? with = null) => Should.Throw<EhrR1Exception>(() => Open(source, with)).Message;

    private Task<BuildResult> Run(ReleaseWriter release, Func<BuildOptions, BuildOptions>? with = null) => Build.Run(release.Write(_folder.PathOf("source")), _folder.PathOf("ws"), with);
}
