using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Which time a row gets, and what becomes of one that has none.</summary>
public sealed class TimelineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hosp/labevents", "charttime")]
    [InlineData("hosp/prescriptions", "starttime")]
    [InlineData("hosp/hcpcsevents", "chartdate")]
    [InlineData("note/radiology", "charttime")]
    [InlineData("ed/vitalsign", "charttime")]
    [InlineData("icu/inputevents", "starttime")]
    public async Task Row_WithoutATime_IsLeftOutAndCounted(string table, string column)
    {
        var result = await Build.Run(SmallHospital.Make().Only(table, "hosp/omr").Cell(table, 0, column, ""), _folder);
        var name = table.Split('/')[1];
        var counts = Build.Counts(result, name);
        counts["left_out"]!.ToJsonString().ShouldBe("""{"no time":1}""");
        ((long)counts["rows_in"]! - (long)counts["rows_out"]!).ShouldBe(1);
        Build.Chart(_folder, 10).Events.ShouldNotContain(e => e.Type.Name == name);
    }

    [Fact]
    public async Task Microbiology_WithoutChartTime_FallsBackToItsDate()
    {
        await Build.Run(SmallHospital.Make().Only("hosp/microbiologyevents").Cell("hosp/microbiologyevents", 0, "charttime", ""), _folder);
        Build.Items(_folder, "microbiologyevents").Single().Item.Time.ShouldBe(new DateTime(2150, 3, 2));
    }

    [Fact]
    public async Task Microbiology_WithNeitherTimeNorDate_IsLeftOut()
    {
        var result = await Build.Run(SmallHospital.Make().Only("hosp/microbiologyevents").Cell("hosp/microbiologyevents", 0, "charttime", "").Cell("hosp/microbiologyevents", 0, "chartdate", ""), _folder);
        Build.Counts(result, "microbiologyevents")["left_out"]!.ToJsonString().ShouldBe("""{"no time":1}""");
    }

    [Fact]
    public async Task Diagnoses_OfAnUnknownStay_AreLeftOut()
    {
        var source = SmallHospital.Make().Only("hosp/diagnoses_icd").Cell("hosp/diagnoses_icd", 0, "hadm_id", "999");
        source.Row("hosp/diagnoses_icd", ("subject_id", 10), ("seq_num", 2), ("icd_code", "I509"), ("icd_version", 10));
        var result = await Build.Run(source, _folder);
        Build.Counts(result, "diagnoses_icd")["left_out"]!.ToJsonString().ShouldBe("""{"no admission to take its time from":2}""");
    }

    [Fact]
    public async Task EdRows_OfAnUnknownStay_HaveNoHospitalStayAndNoBorrowedTime()
    {
        var result = await Build.Run(SmallHospital.Make().Only("ed/edstays", "ed/triage", "ed/medrecon", "ed/pyxis", "ed/vitalsign", "ed/diagnosis").Cell("ed/triage", 0, "stay_id", "999").Cell("ed/diagnosis", 0, "stay_id", "999").Cell("ed/pyxis", 0, "stay_id", "999"), _folder);
        Build.Counts(result, "triage")["left_out"]!.ToJsonString().ShouldBe("""{"no ED stay to take its time from":1}""");
        Build.Counts(result, "diagnosis")["left_out"]!.ToJsonString().ShouldBe("""{"no ED stay with an end to take its time from":1}""");
        var pyxis = Build.Items(_folder, "pyxis").Single().Event;
        (pyxis.HadmId, pyxis.StayId).ShouldBe((null, 999));
    }

    [Fact]
    public async Task EdRows_OfAStayWithoutAdmission_HaveNoHospitalStay()
    {
        await Build.Run(SmallHospital.Make().Only("ed/edstays", "ed/triage", "ed/medrecon", "ed/pyxis", "ed/vitalsign", "ed/diagnosis").Cell("ed/edstays", 0, "hadm_id", ""), _folder);
        foreach (var type in new[] { "edstays", "triage", "medrecon", "pyxis", "vitalsign", "diagnosis" })
            Build.Items(_folder, type).Single().Event.HadmId.ShouldBeNull(type);
    }

    [Fact]
    public async Task VisibleFrom_StoredBeforeItHappened_IsTheTimeItself()
    {
        await Build.Run(SmallHospital.Make().Only("hosp/labevents").Cell("hosp/labevents", 0, "storetime", "2150-03-01 00:00:00"), _folder);
        var item = Build.Items(_folder, "labevents")[0].Item;
        item.VisibleFrom.ShouldBe(item.Time);
    }

    [Fact]
    public async Task Rows_OfOneTime_KeepTheFilesOrder()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        foreach (var name in new[] { "Z", "A", "M", "B", "Y" })
            source.Row("hosp/omr", ("subject_id", 12), ("chartdate", "2150-01-01"), ("result_name", name));
        await Build.Run(source, _folder);
        Build.Chart(_folder, 12).Events[1].Select(i => i.Text("result_name")).ShouldBe(["Z", "A", "M", "B", "Y"]);
    }

    [Fact]
    public async Task Rows_GivenTwice_StandTwice()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Rows("hosp/omr").Add(source.Rows("hosp/omr")[0]);
        await Build.Run(source, _folder);
        Build.Items(_folder, "omr").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Patient_GivenTwice_IsReadOnceAndCounted()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Row("hosp/patients", ("subject_id", 10), ("gender", "M"), ("anchor_age", 20), ("anchor_year", 2150));
        var result = await Build.Run(source, _folder);
        Build.Counts(result, "patients").ToJsonString().ShouldBe("""{"rows_in":4,"rows_out":3,"left_out":{"patient given before":1}}""");
        Build.Chart(_folder, 10).Demographics[0].Text("gender").ShouldBe("F");
    }

    [Fact]
    public async Task Strict_RowsOfTwoTimes_AreTwoEvents()
    {
        var source = SmallHospital.Make().Only("hosp/omr");
        source.Row("hosp/omr", ("subject_id", 10), ("chartdate", "2150-03-03 01:00:00"), ("result_name", "BMI"));
        await Build.Run(source, _folder);
        Build.Chart(_folder, 10).Events.Count(e => e.Type.Name == "omr").ShouldBe(1);
        await Build.Run(_folder.PathOf("source"), _folder.PathOf("strict"), o => o with { Profile = ChartProfile.Strict });
        Build.Charts(_folder.PathOf("strict"))[0].Events.Count(e => e.Type.Name == "omr").ShouldBe(2);
    }
}
