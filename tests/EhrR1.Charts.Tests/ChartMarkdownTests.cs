using System.Text;

namespace EhrR1.Charts.Tests;

public sealed class ChartMarkdownTests
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);

    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Render_OneItemOfEachType_IsAsReviewed(ChartProfile profile)
        => Snapshot.ShouldMatch(Render(EveryEventType.WithOneItem(profile), profile), $"Snapshots/one-item.{ChartProfileNames.NameOf(profile)}.md");

    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Render_SeveralItemsOfEachType_IsAsReviewed(ChartProfile profile)
        => Snapshot.ShouldMatch(Render(EveryEventType.WithSeveralItems(profile), profile), $"Snapshots/several-items.{ChartProfileNames.NameOf(profile)}.md");

    [Fact]
    public void Render_Demographics_HaveNoTime()
        => Render(new ChartBuilder(1).Patient(60, "F").Build()).ShouldBe("## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F");

    [Fact]
    public void Render_OneItem_IsALineAField()
        => Render(Labs(Lab("Sodium", 140))).ShouldBe(
            "## Labotary Test Events [2150-03-01 12:00:00]\n- Item_Name: Sodium\n- Valuenum: 140.0\n- Valueuom: mEq/L\n- Ref_Range_Lower: nan\n- Ref_Range_Upper: nan\n- Flag: nan\n- Comments: nan");

    [Fact]
    public void Render_SeveralItems_AreATable()
        => Render(Labs(Lab("Sodium", 140), Lab("Potassium", 3.9))).ShouldBe(
            "## Labotary Test Events [2150-03-01 12:00:00]\n"
            + "| Item_Name | Valuenum | Valueuom | Ref_Range_Lower | Ref_Range_Upper | Flag | Comments |\n"
            + "| ------ | ------ | ------ | ------ | ------ | ------ | ------ |\n"
            + "| Sodium | 140.0 | mEq/L | nan | nan | nan | nan |\n"
            + "| Potassium | 3.9 | mEq/L | nan | nan | nan | nan |");

    [Fact]
    public void Render_LookupThatFoundNothing_IsNoneAndAnEmptyCellIsNan()
        => Render(new ChartBuilder(1).Add("medrecon", _noon, 20, 30, _noon, ("name", null)).Build()).ShouldBe("## Medrecon [2150-03-01 12:00:00]\n- Name: nan\n- Atc Type: None");

    [Fact]
    public void Render_TextWithBarsLineBreaksAndBlanks_IsUntouched()
    {
        var text = " a | b\r\n\nc \t";
        Render(new ChartBuilder(1).Add("omr", _noon, null, ("result_name", text), ("result_value", "0389")).Build()).ShouldBe($"## Online Medical Record [2150-03-01 12:00:00]\n- Result_Name: {text}\n- Result_Value: 0389");
        Render(new ChartBuilder(1).Add("omr", _noon, null, ("result_name", text)).Add("omr", _noon, null, ("result_name", "x")).Build()).ShouldContain($"| {text} | nan |");
    }

    [Fact]
    public void Render_ExamNames_AreAPythonList()
        => Render(new ChartBuilder(1).Add("radiology", _noon, 20, ("exam_name", "[\"CHEST (PA & LAT)\",\"it's\"]"), ("note_type", "RR"), ("text", "t")).Build())
            .ShouldContain("- Exam_Name: ['CHEST (PA & LAT)', \"it's\"]\n");

    [Fact]
    public void Render_IcuStay_IsFollowedByTwoBlankLines()
    {
        foreach (var profile in Enum.GetValues<ChartProfile>())
        {
            var chart = new ChartBuilder(1).Add("icustays", _noon, 20, 30, _noon).Add("datetimeevents", _noon, 20, 30, _noon, ("item_name", "Line")).Build(profile);
            Render(chart, profile).ShouldBe("## ICUstays [2150-03-01 12:00:00]\n\n\n## Datetime Events [2150-03-01 12:00:00]\n- Item_Name: Line");
        }
    }

    [Fact]
    public void Render_TypesNeverShown_ArePassedOver()
        => Render(new ChartBuilder(1).Patient().Add("drgcodes", _noon, 20, ("drg_code", "1")).Add("hcpcsevents", _noon, 20, ("hcpcs_cd", "1")).Build()).ShouldNotContain("rgcodes");

    [Fact]
    public void Render_Strict_LeavesMissingFieldsOut()
        => Render(Labs(Lab("Sodium", 140)), ChartProfile.Strict).ShouldBe("## Labotary Test Events [2150-03-01 12:00:00]\n- Item_Name: Sodium\n- Valuenum: 140.0\n- Valueuom: mEq/L");

    [Fact]
    public void Render_StrictTable_KeepsAColumnThatOneItemHasAndLeavesTheOthersCellsEmpty()
        => Render(new ChartBuilder(1).Add("omr", _noon, null, ("result_name", "BMI")).Add("omr", _noon, null, ("result_name", "Weight"), ("result_value", "80")).Build(ChartProfile.Strict), ChartProfile.Strict)
            .ShouldEndWith("| Result_Name | Result_Value |\n| ------ | ------ |\n| BMI |  |\n| Weight | 80 |");

    [Fact]
    public void Render_Age_IsTheAnchorAgeAsPublishedAndTheAgeAtTheMomentInStrict()
    {
        var chart = new ChartBuilder(1).Patient(60, "F", anchorYear: 2148).Add("omr", _noon, null, ("result_name", "BMI")).Build(ChartProfile.Strict);
        Render(chart).ShouldContain("- Anchor_Age: 60\n");
        Render(chart, ChartProfile.Strict).ShouldContain("- Anchor_Age: 62\n");
        new ChartMarkdown(ChartProfile.Strict).Render(chart.Events, new DateTime(2151, 1, 1)).ShouldContain("- Anchor_Age: 63\n");
        new ChartMarkdown(ChartProfile.EhrBench).Render(chart.Events, new DateTime(2151, 1, 1)).ShouldContain("- Anchor_Age: 60\n");
    }

    [Fact]
    public void Render_StrictItemsNotKnownYet_AreLeftOut()
    {
        var chart = new ChartBuilder(1)
            .Add("labevents", _noon, 20, null, _noon.AddHours(1), [.. Lab("Sodium", 140)])
            .Add("labevents", _noon, 20, null, _noon.AddHours(3), [.. Lab("Culture", 1)]).Build(ChartProfile.Strict);
        var strict = new ChartMarkdown(ChartProfile.Strict);
        strict.Render(chart.Events, _noon).ShouldBe("");
        strict.Render(chart.Events, _noon.AddHours(1)).ShouldContain("- Item_Name: Sodium");
        strict.Render(chart.Events, _noon.AddHours(2)).ShouldNotContain("Culture");
        strict.Render(chart.Events, _noon.AddHours(3)).ShouldContain("| Culture |");
        strict.Render(chart.Events).ShouldContain("| Culture |");
        new ChartMarkdown(ChartProfile.EhrBench).Render(chart.Events, _noon).ShouldContain("| Culture |");
    }

    [Fact]
    public void Render_StrictEventNotKnownYet_LeavesNoGap()
    {
        var chart = new ChartBuilder(1).Patient().Add("labevents", _noon, 20, null, _noon.AddHours(9), [.. Lab("Sodium", 140)]).Add("services", _noon, 20, ("curr_service", "MED")).Build(ChartProfile.Strict);
        new ChartMarkdown(ChartProfile.Strict).Render(chart.Events, _noon).ShouldBe("## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F\n\n## Services [2150-03-01 12:00:00]\n- Curr_Service: MED");
    }

    [Theory]
    [InlineData("ingredientevents", "amount", "Amount")]
    [InlineData("inputevents", "amount", "Amount")]
    [InlineData("procedureevents", "value", "Value")]
    public void Render_StrictTotals_AreReadFromTheirEndOn(string type, string field, string key)
    {
        var chart = new ChartBuilder(1).Add(type, _noon, 20, 30, _noon, ("item_name", "X"), (field, 100.0), ("endtime", _noon.AddHours(2))).Build(ChartProfile.Strict);
        var strict = new ChartMarkdown(ChartProfile.Strict);
        strict.Render(chart.Events, _noon.AddHours(1)).ShouldNotContain(key);
        strict.Render(chart.Events, _noon.AddHours(2)).ShouldContain($"- {key}: 100.0");
        strict.Render(chart.Events).ShouldContain($"- {key}: 100.0");
        new ChartMarkdown(ChartProfile.EhrBench).Render(chart.Events, _noon).ShouldContain($"- {key}: 100.0");
    }

    [Fact]
    public void Render_StrictPharmacyStatus_IsNeverShown()
    {
        var chart = new ChartBuilder(1).Add("pharmacy", _noon, 20, ("medication", "Aspirin"), ("proc_type", "Unit Dose"), ("status", "Discontinued")).Build();
        Render(chart).ShouldContain("- Status: Discontinued");
        Render(chart, ChartProfile.Strict).ShouldNotContain("Status");
    }

    [Fact]
    public void Append_SeveralEvents_UsesOneWriterForAll()
    {
        var writer = new ChartMarkdown(ChartProfile.EhrBench);
        var chart = EveryEventType.WithSeveralItems(ChartProfile.EhrBench);
        var text = new StringBuilder();
        foreach (var e in chart.Events.Where(e => e.Type.IsShown))
        {
            if (text.Length > 0)
                text.Append("\n\n");
            writer.Append(text, e).ShouldBeTrue();
        }

        text.ToString().ShouldBe(Render(chart));
    }

    private static string Render(PatientChart chart, ChartProfile profile = ChartProfile.EhrBench) => new ChartMarkdown(profile).Render(chart.Events);

    private static (string, object?)[] Lab(string name, double value) => [("item_name", name), ("valuenum", value), ("valueuom", "mEq/L")];

    private static PatientChart Labs(params (string, object?)[][] items)
    {
        var builder = new ChartBuilder(1);
        foreach (var item in items)
            builder.Add("labevents", _noon, 20, item);
        return builder.Build();
    }
}
