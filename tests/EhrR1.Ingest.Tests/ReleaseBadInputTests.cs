using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>What is wrong with a release is said with the file and the patient, and may be left out.</summary>
public sealed class ReleaseBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "column", "A patient's file has no column 'endtime'", "10.parquet, subject 10" },
        { "json", "An event's items are no JSON", "12.parquet, subject 12, event 1" },
        { "array", "An event's items are no JSON array with something in it", "12.parquet, subject 12, event 1" },
        { "object", "An item is no JSON object", "12.parquet, subject 12, event 1" },
        { "name", "An event's file_name is no event type", "12.parquet, subject 12, event 1" },
        { "time", "An event's starttime is no time", "12.parquet, subject 12, event 1" },
        { "number", "A value of 'valuenum' cannot be read as a number", "12.parquet, subject 12, event 1" },
        { "patients", "The patient's file does not begin with its one 'patients' row", "12.parquet, subject 12" },
        { "other", "A patient's file holds another patient than its name says", "12.parquet, subject 12, event 0" },
        { "outside", "The release's index has a row that points outside the chart of 2 events", "ehr_bench/ehr_bench_decision_making.csv, record 6, subject 12" },
        { "admission", "The release's index has a row whose admissions_id is no admission of the chart", "ehr_bench/ehr_bench_decision_making.csv, record 6, subject 12" },
        { "note", "The release's index has a row whose last_discharge_id is no discharge note of the chart", "ehr_bench/ehr_bench_decision_making.csv, record 6, subject 12" },
        { "target", "The release's index has a row without task, event or target", "ehr_bench/ehr_bench_decision_making.csv, record 6, subject 12" },
        { "fraction", "The release's index has a row that points outside the chart of 2 events", "ehr_bench/ehr_bench_decision_making.csv, record 6, subject 12" },
        { "patient", "The release's index names a patient that the release does not hold", "ehr_bench/ehr_bench_decision_making.csv, record 6: subject 13 has no file in patients_ehr" },
    };

    /// <summary>Those that do not concern every patient's file.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> FaultsOfOnePatient => Faults.Where(f => f.Data.Item1 != "column");

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Faults))]
    public async Task Build_Fault_IsNamedWithFileAndSubject(string fault, string what, string where)
    {
        var source = With(fault).Write(_folder.PathOf("source"));

        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("ws")));

        error.What.ShouldBe(what);
        error.Where.ShouldNotBeNull().Replace('\\', '/').ShouldEndWith(where);
        File.Exists(_folder.PathOf("ws", "charts", "subjects.parquet")).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(FaultsOfOnePatient))]
    public async Task Build_FaultToBeSkipped_IsLeftOutAndListed(string fault, string what, string where)
    {
        var source = With(fault).Write(_folder.PathOf("source"));

        var result = await Build.Run(source, _folder.PathOf("ws"), o => o with { OnBadRow = BadRowRule.Skip });

        var place = result.Skipped.ShouldHaveSingleItem().Replace('\\', '/');
        place.ShouldContain(fault == "patient" ? where : $"{where}: {what}");
        ((long)result.Record.Counts["published_samples"]!).ShouldBe(8);
        Build.Charts(_folder.PathOf("ws")).Select(c => c.SubjectId).ShouldBe(fault is "outside" or "admission" or "note" or "target" or "fraction" ? [10, 11, 12] : [10, 11]);
        Build.Counts(result, "labevents")["rows_in"]!.ToString().ShouldBe(fault is "outside" or "admission" or "note" or "target" or "fraction" ? "6" : "5");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(1000)]
    public async Task Build_TruncatedPatient_IsNamed(int bytes)
    {
        var source = SmallRelease.Make().Write(_folder.PathOf("source"));
        var file = Path.Combine(source, "patients_ehr", "10.parquet");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..bytes]);

        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(source, _folder.PathOf("ws")));

        error.What.ShouldStartWith("A patient's file is no whole Parquet file");
        error.Where.ShouldBe($"{file}, subject 10");
    }

    [Fact]
    public async Task Build_IndexWithoutAColumn_IsNamed()
    {
        var release = SmallRelease.Make().Without(SmallRelease.Train).Lines(SmallRelease.Train, ReleaseWriter.IndexHeader.Replace(",period_end", "", StringComparison.Ordinal), "10,20,omr,omr,1,,,x");
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(release.Write(_folder.PathOf("source")), _folder.PathOf("ws")));
        error.What.ShouldBe("The table 'ehr_ins' has no column 'period_end'");
        error.Where.ShouldBe($"{_folder.PathOf("source", SmallRelease.Train)}, line 1");
    }

    [Fact]
    public async Task Build_IndexRowThatDoesNotFit_IsNamedWithItsLine()
    {
        var release = SmallRelease.Make().Lines(SmallRelease.Train, "11,None,omr,omr,many,2,,,x");
        var error = await Should.ThrowAsync<EhrR1Exception>(() => Build.Run(release.Write(_folder.PathOf("source")), _folder.PathOf("ws")));
        error.Where.ShouldStartWith($"{_folder.PathOf("source", SmallRelease.Train)}, line 4, column period_begin");
    }

    private static ReleaseWriter With(string fault)
    {
        var r = SmallRelease.Make();
        if (fault == "column")
            r.Columns.Remove("endtime");
        if (fault is "column" or "patient")
            return fault == "column" ? r : r.Sample(SmallRelease.Bench, 13, "None", "omr", "omr", 1, 1, null, null, "[\"x\"]");
        r.Event(12, fault == "patients" ? "omr" : "patients", null, null, null, [("subject_id", fault == "other" ? "10" : "12"), ("gender", "M"), ("anchor_age", "30")]);
        r.EventRaw(12, fault == "name" ? "labs" : "labevents", fault == "time" ? "yesterday" : "2150-01-01 00:00:00", "2150-01-01 00:00:00", null, fault switch
        {
            "json" => "[{",
            "array" => "[]",
            "object" => "[1]",
            "number" => """[{"valuenum": "high"}]""",
            _ => """[{"valuenum": "1.0", "item_name": "x"}]""",
        });
        return fault switch
        {
            "outside" => r.Sample(SmallRelease.Bench, 12, "None", "labevents", "labevents", 1, 3, null, null, "[\"x\"]"),
            "admission" => r.Sample(SmallRelease.Bench, 12, "None", "labevents", "labevents", 1, 1, 1, null, "[\"x\"]"),
            "note" => r.Sample(SmallRelease.Bench, 12, "None", "labevents", "labevents", 1, 1, null, 5, "[\"x\"]"),
            "target" => r.Lines(SmallRelease.Bench, "12,None,labevents,labevents,1,1,,,"),
            "fraction" => r.Lines(SmallRelease.Bench, "12,None,labevents,labevents,0.5,1,,,x"),
            _ => r,
        };
    }
}
