namespace EhrR1.Ingest.Tests;

public sealed class AdmissionHistoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void From_WholeNote_TakesTheSixSectionsInTheirOrder()
        => AdmissionHistory.From("Service: MEDICINE\n \nAllergies: \nPenicillins\n \nAttending: ___.\n\nChief Complaint:\nChest pain\n\nMajor Surgical or Invasive Procedure:\nNone\n\nHistory of Present Illness:\nFelt\n unwell.\n\nPast Medical History:\n1. HTN\n2. DM\n\nSocial History:\n___\nFamily History:\nMother: stroke\n\nPhysical Exam:\nVS: 98\n\nBrief Hospital Course:\nDied.")
            .ShouldBe("Chief Complaint: Chest pain\nHistory of Present Illness: Felt unwell.\nPast Medical History: 1. HTN 2. DM\nSocial History: ___\nFamily History: Mother: stroke\nAllergies: Penicillins");

    [Fact]
    public void From_TextAfterThePhysicalExam_IsNotTaken()
        => AdmissionHistory.From("Chief Complaint: Pain\nPHYSICAL EXAMINATION ON ADMISSION:\nPast Medical History: of the outcome")
            .ShouldBe("Chief Complaint: Pain");

    [Fact]
    public void From_PhysicalExamInTheMiddleOfALine_IsNoHeading()
        => AdmissionHistory.From("History of Present Illness: see Physical Exam below.\nFamily History: none")
            .ShouldBe("History of Present Illness: see Physical Exam below.\nFamily History: none");

    [Fact]
    public void From_HeadingTwice_TakesTheFirst()
        => AdmissionHistory.From("Chief Complaint: first\nChief Complaint: second").ShouldBe("Chief Complaint: first");

    [Theory]
    [InlineData("")]
    [InlineData("Nothing of the kind.")]
    [InlineData("Physical Exam:\nChief Complaint: late")]
    [InlineData("Chief Complaint:\n\nAllergies:  \n")]
    public void From_NothingFound_IsNull(string note) => AdmissionHistory.From(note).ShouldBeNull();

    [Fact]
    public async Task Admissions_StayWithoutANote_HasNoHistory()
    {
        await Build.Run(SmallHospital.Make().Only("note/discharge"), _folder);
        Build.Values(_folder, "admissions", "admission_info").Last().ShouldBe("None");
    }

    [Fact]
    public async Task Admissions_StayWithSeveralNotes_HasTheHistoryOfTheFirstThatHasOne()
    {
        var source = SmallHospital.Make().Only("note/discharge");
        foreach (var text in new[] { "Nothing.", "Chief Complaint: A", "Chief Complaint: B" })
            source.Row("note/discharge", ("note_id", text), ("subject_id", 11), ("hadm_id", 21), ("charttime", "2150-06-02 00:00:00"), ("text", text));
        await Build.Run(source, _folder);
        Build.Values(_folder, "admissions", "admission_info").Last().ShouldBe("Chief Complaint: A");
    }
}
