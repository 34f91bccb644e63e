namespace EhrR1.Reasoning.Tests;

public sealed class ChainFaultTests
{
    private const string Good = "## Extraction\n**Medrecon [2171-06-06 21:24:00]**: lasix is on the list of what the patient takes at home.\n## Reasoning\nLasix may treat Heart failure, and that is why the next order is Furosemide in this case.\n## Final Results\nFurosemide";

    [Theory]
    [InlineData(ChainFault.Empty, "")]
    [InlineData(ChainFault.Empty, " \n\t ")]
    [InlineData(ChainFault.Refusal | ChainFault.NoSections, "I'm sorry, but I cannot help with medical decisions.")]
    [InlineData(ChainFault.Refusal | ChainFault.NoSections, "As an AI, I do not give medical advice.")]
    [InlineData(ChainFault.OtherLanguage | ChainFault.NoSections, "患者服用呋塞米，因此下一步是氯化钾。")]
    [InlineData(ChainFault.OtherLanguage | ChainFault.NoSections, "Пациент принимает фуросемид, поэтому следующим будет хлорид калия.")]
    [InlineData(ChainFault.OtherLanguage, "## Extraction\nDie Patientin nimmt Furosemid, und das ist bei Herzinsuffizienz nicht selten. Der Wert ist mit 3,1 niedrig.\n## Reasoning\nFurosemid senkt das Kalium, und die Leitlinie empfiehlt für den Ersatz Kaliumchlorid, das im Haus vorhanden ist.\n## Final Results\nPotassium Chloride")]
    [InlineData(ChainFault.OtherLanguage, "## Extraction\nLe patient prend du furosémide pour une insuffisance cardiaque, et la kaliémie est basse.\n## Reasoning\nLe furosémide baisse le potassium dans le sang, et les recommandations sont pour une substitution par la bouche.\n## Final Results\nPotassium Chloride")]
    [InlineData(ChainFault.NoSections, "The patient takes lasix, so the next order will be potassium chloride.")]
    [InlineData(ChainFault.OtherSections, "## Summary\nThe patient takes lasix.\n## Plan\nPotassium Chloride.")]
    [InlineData(ChainFault.OtherSections, "## Evidence for\nThe patient takes lasix.\n## Evidence against\nNone.\n## Probability\n0.4.")]
    [InlineData(ChainFault.CutOff, "## Extraction\n**Medrecon [2171-06-06 21:24:00]**: lasix.\n## Reasoning\nLasix may treat Heart fai")]
    [InlineData(ChainFault.PromptEcho | ChainFault.NoSections, "Given the sequence of events that have occurred in a hospital, please give the next Prescriptions suggestion for the patients.")]
    public void Parse_BadHabit_IsToldByItsOwnName(ChainFault fault, string text) => Parse(text).Faults.ShouldBe(fault);

    [Fact]
    public void Parse_GoodChain_HasNoFault() => Parse(Good).Faults.ShouldBe(ChainFault.None);

    [Fact]
    public void Parse_ServerSaysItWasCutOff_IsCutOff() => ChainParser.Parse(Good, ChainTemplates.Get(""), wasCutOff: true).Faults.ShouldBe(ChainFault.CutOff);

    [Theory]
    [InlineData("So Furosemide helps against the swelling of the legs in this patient. ", 30)]
    [InlineData("no, ", 500)]
    [InlineData("It is so because it is. It may be that it is not, as the record tells. ", 20)]
    public void Parse_EndlessRepetition_IsToldByItsName(string piece, int times) =>
        Parse("## Extraction\nE\n## Reasoning\n" + string.Concat(Enumerable.Repeat(piece, times)) + "\n## Final Results\nA").Faults.ShouldBe(ChainFault.Repetition);

    [Fact]
    public void Parse_RepetitionBehindALongTrueStart_IsToldByItsName()
    {
        var start = string.Join(' ', Enumerable.Range(0, 400).Select(i => $"Finding number {i} of {i * 7} differs."));
        Parse(Good + "\n" + start + string.Concat(Enumerable.Repeat(" and then again the same words came back once more", 150))).Faults.ShouldBe(ChainFault.Repetition);
    }

    [Fact]
    public void Parse_TheRecordRepeated_IsAnEcho()
    {
        const string table = "\n## Medrecon [2171-06-06 21:24:00]\n| Name | Atc Type |\n| ------ | ------ |\n| lasix | loop diuretics |\n";
        Parse(table + table + Good).Faults.HasFlag(ChainFault.PromptEcho).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, 1.0, 0, "")]
    [InlineData(false, 1.0, 1, "This agrees with the ground truth.")]
    [InlineData(false, 1.0, 1, "It is the Ground-Truth.")]
    [InlineData(true, 1.0, 0, "This is the correct answer.")]
    public void Filter_Wording_DecidesAsPublished(bool passes, double share, int mentions, string said)
    {
        var filter = PublishedFilter.Check(Parse(Good.Replace("in this case.", "in this case. " + said, StringComparison.Ordinal)), ["Furosemide"]);
        (filter.Passes, filter.AnswerShare, filter.GroundTruth).ShouldBe((passes, share, mentions));
        filter.NearWordings.ShouldBe(said.Contains("correct answer", StringComparison.Ordinal) ? 1 : 0);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void Filter_ShareOfTheAnswer_IsSeventyInAHundred(int named, bool passes)
    {
        string[] answer = [.. Enumerable.Range(0, 10).Select(i => $"Drug {(char)('a' + i)}x")];
        var filter = PublishedFilter.Check(Parse($"## Extraction\nE\n## Reasoning\nR.\n## Final Results\n{string.Join('\n', answer.Take(named))}"), answer);
        (filter.AnswerShare, filter.Passes).ShouldBe((named / 10.0, passes));
    }

    [Fact]
    public void Filter_MissingAndExtraSections_AreNamed()
    {
        var filter = PublishedFilter.Check(Parse("## Extraction\nE\n## Summary\nS\n## Final Results\nA\n## Final Results\nA"), ["A"]);
        filter.Missing.ShouldBe(["Reasoning"]);
        filter.Extra.ShouldBe(["Summary", "Final Results"]);
        filter.Passes.ShouldBeFalse();
    }

    private static ParsedChain Parse(string text) => ChainParser.Parse(text, ChainTemplates.Get(""));
}
