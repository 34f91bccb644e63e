using System.Text;
using System.Text.Json;
using EhrR1.Charts;
using static EhrR1.Tasks.Tests.HandMade;

namespace EhrR1.Tasks.Tests;

public sealed class SampleTextTests
{
    [Fact]
    public void Prompt_Published_IsAsTheModelReadsIt()
        => Snapshot.ShouldMatch(Full().Sample("poe").Prompt, "Published.expected.txt");

    [Fact]
    public void Prompt_Strict_IsAsTheModelReadsIt()
        => Snapshot.ShouldMatch(Full().Sample("poe", ChartProfile.Strict).Prompt, "Strict.expected.txt");

    [Fact]
    public void Json_Strict_ListsItemsWithTheirVisibleFrom()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, SampleJson.Options with { Indented = true, NewLine = "\n" }))
            SampleJson.Write(json, Full().Sample("poe", ChartProfile.Strict));
        Snapshot.ShouldMatch(Encoding.UTF8.GetString(stream.ToArray()), "Strict.expected.json");
    }

    [Fact]
    public void Input_Published_KeepsEmptyPlacesOfNoteAndAdmission()
    {
        var input = new ChartBuilder(1).Patient().Lab(1).Order(2).Sample("poe").Input;

        input.ShouldStartWith("## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F\n\n\n\n\n\n## Labotary Test Events [2150-03-10 01:00:00]\n");
    }

    [Fact]
    public void Input_Strict_LeavesNoGaps()
    {
        var input = new ChartBuilder(1).Patient().Lab(1).Order(2).Sample("poe", ChartProfile.Strict).Input;

        input.ShouldStartWith("## Patient Demographics [None]\n- Anchor_Age: 60\n- Gender: F\n\n## Labotary Test Events [2150-03-10 01:00:00]\n");
    }

    [Fact]
    public void Input_IntensiveAnchor_HasTwoBlankLinesAfterItsTitle()
        => new ChartBuilder(1).Patient().Admission(0, 99).Intensive(1, 90, 5).Lab(2).Sample("ICU_Readmission").Input
            .ShouldContain("## ICUstays [2150-03-10 01:00:00]\n\n\n## Labotary Test Events");

    [Fact]
    public void Input_StrictEventKnownLater_IsLeftOut()
    {
        var chart = new ChartBuilder(1).Patient().Lab(1, "Sodium").Lab(1, "Lactate", stored: 3).Lab(1.5, "INR(PT)", stored: 4).Order(2);

        var input = chart.Sample("poe", ChartProfile.Strict).Input;

        input.ShouldContain("- Item_Name: Sodium");
        input.ShouldNotContain("Lactate");
        input.ShouldNotContain("INR(PT)");
        chart.Sample("poe").Input.ShouldContain("Lactate");
    }

    [Fact]
    public void Output_Decision_IsLabelsByLine()
        => new ChartBuilder(1).Patient().Order(1).Lab(2, "Sodium").Lab(2, "Potassium").Sample("labevents").Output.ShouldBe("Sodium\nPotassium");

    [Fact]
    public void Build_ChartWithoutTheAnchor_IsAnError()
    {
        var row = new ChartBuilder(1).Patient().Lab(1).Order(2).Index("poe").Single();

        Should.Throw<EhrR1Exception>(() => new SampleBuilder(ChartProfile.EhrBench).Build(new ChartBuilder(1).Patient().Lab(1).Build(), row)).Message.ShouldContain(row.Id);
    }

    private static ChartBuilder Full() => new ChartBuilder(1)
        .Patient(anchorAge: 60, anchorYear: 2147)
        .Note(-300, hadm: 7, text: "Earlier stay.\nWell.")
        .Emergency(-5, -1, 9, 1).Vitals(-4, 9, 1)
        .Admission(0, 90)
        .Add("pharmacy", At(1), 1, ("medication", "Furosemide"), ("proc_type", "Unit Dose"), ("status", "Expired"))
        .Lab(2, "Sodium").Lab(2, "Potassium", stored: 4, value: 4.5)
        .Add("hcpcsevents", At(2.5), 1, ("hcpcs_cd", "99219"))
        .Intensive(3, 80, 5)
        .Add("inputevents", At(3.5), 1, 5, At(3.5), ("item_name", "Norepinephrine"), ("amount", 12.5), ("amountuom", "mg"), ("rate", 0.1), ("endtime", At(9)))
        .Lab(4.5, "Lactate", stored: 6)
        .Order(5);
}
