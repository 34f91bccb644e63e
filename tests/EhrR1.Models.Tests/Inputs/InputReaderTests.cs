using CsCheck;
using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class InputReaderTests
{
    private static readonly DateTime _noon = new(2150, 3, 1, 12, 0, 0);

    [Theory]
    [InlineData(ChartProfile.EhrBench)]
    [InlineData(ChartProfile.Strict)]
    public void Read_RenderedChart_GivesItsEventsAndLabels(ChartProfile profile)
    {
        var chart = new ChartBuilder(7)
            .Patient(71, "M")
            .Add("labevents", _noon, 1, ("item_name", "Sodium"), ("valuenum", 140.0), ("comments", "first line\nsecond | line"))
            .Add("labevents", _noon, 1, ("item_name", "Potassium"), ("flag", "abnormal"))
            .Add("radiology", _noon.AddHours(1), 1, ("note_type", "RR"), ("exam_name", """["CHEST (PA & LAT)","it's"]"""), ("text", "FINDINGS:\n- none\n## Not an event [yet]\n"))
            .Add("icustays", _noon.AddHours(2), 1)
            .Add("transfers", _noon.AddHours(3), 1, ("eventtype", "transfer"), ("careunit", "MICU"))
            .Build(profile);
        var text = new ChartMarkdown(profile).Render(chart.Events, _noon.AddDays(1))
            + "\n\nGiven the sequence of events that have occurred in a hospital, please give the next Services suggestion for the patients.";

        var read = InputReader.Read(text);

        read.Select(e => e.Type.Name).ShouldBe(["patients", "labevents", "radiology", "icustays", "transfers"]);
        read[0][0, EventCatalog.Get("patients")["gender"]].ToString().ShouldBe("M");
        var lab = EventCatalog.Get("labevents");
        read[1].Count.ShouldBe(2);
        read[1][0, lab["item_name"]].ToString().ShouldBe("Sodium");
        read[1][1, lab["item_name"]].ToString().ShouldBe("Potassium");
        read[1][0, lab["flag"]].ToString().ShouldBe("");
        read[1][1, lab["flag"]].ToString().ShouldBe("abnormal");
        read[3].Count.ShouldBe(0);
        read[4][0, read[4].Type["careunit"]].ToString().ShouldBe("MICU");
        var labels = new List<string>();
        LabelCells.AddTo(labels, read[2].Type["exam_name"], read[2][0, read[2].Type["exam_name"]]);
        labels.ShouldBe(["CHEST (PA & LAT)", "it's"]);
    }

    [Fact]
    public void Read_AnyNamesInATable_GivesThemBack()
    {
        // Names as hospitals write them: anything but line breaks and the table's own " |".
        var name = Gen.Char["abcXYZ 0123456789-/()|.,'#&%"].Array[1, 20]
            .Select(c => new string(c).Trim())
            .Where(s => s.Length > 0 && !(s + " |").AsSpan(0, s.Length + 1).Contains(" |", StringComparison.Ordinal) && s is not ("nan" or "None"));
        name.Array[2, 6].Sample(names =>
        {
            var builder = new ChartBuilder(1).Patient();
            foreach (var n in names)
                builder.Add("pyxis", _noon, null, ("name", n));
            var read = InputReader.Read(new ChartMarkdown(ChartProfile.EhrBench).Render(builder.Build().Events))[1];
            Enumerable.Range(0, read.Count).Select(i => read[i, read.Type["name"]].ToString()).ShouldBe(names);
        }, iter: 300);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no events at all\n| a | b |\n- Drug: x")]
    [InlineData("## Pyxis [2150-01-01 00:00:00]")]
    [InlineData("## Pyxis [2150-01-01 00:00:00]\n| Name |\n| ------ |\n| ")]
    [InlineData("## ]\n##  []\n## [2150-01-01 00:00:00]")]
    public void Read_AnyText_DoesNotFail(string text) => InputReader.Read(text).Count.ShouldBeLessThanOrEqualTo(1);
}
