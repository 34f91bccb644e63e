using EhrR1.Charts;
using Shouldly;
using Xunit;

namespace EhrR1.Reasoning.Tests.Narration;

public sealed class RecordTextTests
{
    private static readonly EventType _labs = EventCatalog.Get("labevents");
    private static readonly DateTime _eight = Ward.At(8);

    [Fact]
    public void Find_Table_ReadsTheRowOfATerm()
    {
        var row = new RecordText(Ward.Input).Find(_labs, _eight, "Sodium")!.RowOf("Sodium");
        row["valuenum"].ShouldBe("121.0");
        row["valueuom"].ShouldBe("mEq/L");
        row.ContainsKey("comments").ShouldBeFalse("A missing value is none.");
    }

    [Fact]
    public void Find_OneItem_ReadsItsLines() =>
        new RecordText(Ward.Input).Find(EventCatalog.Get("inputevents"), Ward.At(24), "NaCl 3% (Hypertonic)")!.RowOf("NaCl 3% (Hypertonic)")["rate"].ShouldBe("30.0");

    [Fact]
    public void Find_NoteWithHeadingsOfItsOwn_IsReadToItsEnd()
    {
        var record = new RecordText(Ward.Input);
        record.Find(EventCatalog.Get("discharge"), Ward.At(-700), "lasix").ShouldNotBeNull();
        record.Find(EventCatalog.Get("radiology"), Ward.At(10), "basal cisterns").ShouldNotBeNull();
        record.Find(EventCatalog.Get("radiology"), Ward.At(10), "NiMODipine").ShouldBeNull("That stands in the next event.");
    }

    [Fact]
    public void Find_TwoEventsOfOneTime_TakesTheOneWithTheTerm()
    {
        const string input = "## Pyxis [2150-03-10 08:00:00]\n- Name: Aspirin\n\n## Pyxis [2150-03-10 08:00:00]\n- Name: Zofran";
        var found = new RecordText(input).Find(EventCatalog.Get("pyxis"), _eight, "Zofran")!;
        found.Start.ShouldBe(input.LastIndexOf("##", StringComparison.Ordinal));
        found.RowOf("Zofran")["name"].ShouldBe("Zofran");
    }

    [Fact]
    public void Find_ConceptOfANote_IsSpelledAsTheNoteHasIt()
    {
        var admissions = EventCatalog.Get("admissions");
        new RecordText(Ward.Input).Find(admissions, Ward.At(4), "NECK PAIN", isNote: true)!.Spelling("NECK PAIN", isNote: true).ShouldBe("Neck pain");
        new RecordText(Ward.Input).Find(admissions, Ward.At(4), "NECK PAIN").ShouldBeNull();
        new RecordText(Ward.Input).Find(admissions, Ward.At(4), "Ache", isNote: true).ShouldBeNull("A part of a word is not it.");
    }

    [Fact]
    public void Find_StrictText_ReadsTheSame()
    {
        var row = new RecordText(Ward.StrictInput).Find(_labs, _eight, "Potassium")!.RowOf("Potassium");
        row["valuenum"].ShouldBe("4.0");
        row.ContainsKey("flag").ShouldBeFalse("Its cell is empty.");
    }

    [Theory]
    [InlineData("Chloride")]
    [InlineData("sodium")]
    public void Find_TermThatDoesNotStandThere_FindsNothing(string term) => new RecordText(Ward.Input).Find(_labs, _eight, term).ShouldBeNull();

    [Fact]
    public void Find_TypeOrTimeThatDoesNotStandThere_FindsNothing()
    {
        new RecordText(Ward.Input).Find(_labs, Ward.At(9), "Sodium").ShouldBeNull();
        new RecordText(Ward.Input).Find(EventCatalog.Get("pyxis"), _eight, "Sodium").ShouldBeNull();
        new RecordText("see ## Pyxis [None]\n- Name: A").Find(EventCatalog.Get("pyxis"), null, "A").ShouldBeNull("A heading starts a line.");
        new RecordText("").Find(_labs, _eight, "Sodium").ShouldBeNull();
    }
}
