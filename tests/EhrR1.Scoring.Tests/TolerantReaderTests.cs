namespace EhrR1.Scoring.Tests;

public sealed class TolerantReaderTests
{
    private static readonly string[] _labels = ["Sodium", "Potassium", "Sodium, Whole Blood", "Dorzolamide 2% Ophth. Soln.", "0.9% Saline", "Heparin", "URGENT"];

    [Theory]
    [InlineData("Sodium\nPotassium", AnswerFormat.Clean, "sodium|potassium")]
    [InlineData("<think>a\nb</think>\nSodium\\nPotassium", AnswerFormat.Clean, "sodium|potassium")]
    [InlineData("Sodium, Whole Blood", AnswerFormat.Clean, "sodium, whole blood")]
    [InlineData("Dorzolamide 2% Ophth. Soln.", AnswerFormat.Clean, "dorzolamide 2% ophth. soln.")]
    [InlineData("no opening tag</think>Sodium", AnswerFormat.Clean, "sodium")]
    [InlineData("<think>a<think>b</think>c</think>Sodium", AnswerFormat.Clean, "sodium")]
    [InlineData("<think>a</think>Heparin<think>b</think>Sodium", AnswerFormat.Clean, "sodium")]
    [InlineData("<THINK>a</THINK>Sodium", AnswerFormat.Clean, "sodium")]
    [InlineData("<think>it goes on\nSodium", AnswerFormat.ThinkingUnclosed | AnswerFormat.Empty, "")]
    [InlineData("<think>a</think><think>again\nSodium", AnswerFormat.ThinkingUnclosed | AnswerFormat.Empty, "")]
    [InlineData("<think>a</think>Heparin\n<think>but", AnswerFormat.ThinkingUnclosed, "heparin")]
    [InlineData("<|channel|>analysis<|message|>so<|channel|>final<|message|>Sodium<|return|>", AnswerFormat.SpecialTokens, "sodium")]
    [InlineData("- Sodium\n- Potassium", AnswerFormat.Bulleted, "sodium|potassium")]
    [InlineData("* Sodium", AnswerFormat.Bulleted, "sodium")]
    [InlineData("•Sodium\n•Potassium", AnswerFormat.Bulleted, "sodium|potassium")]
    [InlineData("– Sodium\n— Potassium", AnswerFormat.Bulleted, "sodium|potassium")]
    [InlineData("1. Sodium\n2. Sodium, Whole Blood", AnswerFormat.Numbered, "sodium|sodium, whole blood")]
    [InlineData("1) Sodium\n2) Potassium\n3) 0.9% Saline", AnswerFormat.Numbered, "sodium|potassium|0.9% saline")]
    [InlineData("(1) Sodium\n(2) Potassium", AnswerFormat.Numbered, "sodium|potassium")]
    [InlineData("1. **Sodium**\n2. **Potassium**", AnswerFormat.Numbered | AnswerFormat.Wrapped, "sodium|potassium")]
    [InlineData("5. French\n2. Gauge", AnswerFormat.Clean, "5. french|2. gauge")]
    [InlineData("Sodium, Potassium, Heparin", AnswerFormat.CommaSeparated, "sodium|potassium|heparin")]
    [InlineData("Sodium, Whole Blood, Potassium", AnswerFormat.CommaSeparated, "sodium, whole blood|potassium")]
    [InlineData("Heparin; Potassium; and Sodium, Whole Blood", AnswerFormat.CommaSeparated, "heparin|potassium|sodium, whole blood")]
    [InlineData("Sodium, Potassium, Foo", AnswerFormat.CommaSeparated, "sodium|potassium|foo")]
    [InlineData("Sodium, unspecified", AnswerFormat.Clean, "sodium, unspecified")]
    [InlineData("Sodium,\nPotassium,\nHeparin", AnswerFormat.Wrapped, "sodium|potassium|heparin")]
    [InlineData("```\nSodium\nPotassium\n```", AnswerFormat.Fenced, "sodium|potassium")]
    [InlineData("Here it is:\n```text\nSodium\n```\nI hope this helps.", AnswerFormat.Fenced, "sodium")]
    [InlineData("```json\n[\"Sodium\", \"Sodium, Whole Blood\"]\n```", AnswerFormat.Fenced | AnswerFormat.Json, "sodium|sodium, whole blood")]
    [InlineData("[\"Sodium\",\n \"Potassium\"]", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("['Sodium', 'Potassium']", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("[\"Sodium\", \"Potassium\", \"Hepa", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("{\"reason\": \"low\", \"answer\": [\"Sodium\", \"Potassium\"]}", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("{\"answer\": \"Sodium\\nPotassium\"}", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("[{\"name\": \"Sodium\", \"why\": \"low\"}, {\"name\": \"Potassium\", \"why\": \"high\"}]", AnswerFormat.Json, "sodium|potassium")]
    [InlineData("[Endoscopic] polypectomy of rectum", AnswerFormat.Clean, "[endoscopic] polypectomy of rectum")]
    [InlineData("The answer is Sodium.", AnswerFormat.Prefaced | AnswerFormat.Wrapped, "sodium")]
    [InlineData("**Answer:** Sodium", AnswerFormat.Prefaced, "sodium")]
    [InlineData("The sodium was low. It may be that\nit is measured.\n**Final Answer**:\nSodium\nPotassium", AnswerFormat.Prefaced, "sodium|potassium")]
    [InlineData("Based on the chart, here are the next items:\n- Sodium\n- Potassium", AnswerFormat.Prefaced | AnswerFormat.Bulleted, "sodium|potassium")]
    [InlineData("Answer: [\"Sodium\"]", AnswerFormat.Prefaced | AnswerFormat.Json, "sodium")]
    [InlineData("\"Sodium\"\n\"Potassium\"", AnswerFormat.Wrapped, "sodium|potassium")]
    [InlineData("Sodium\nsodium\nSODIUM", AnswerFormat.Repeated, "sodium")]
    [InlineData("", AnswerFormat.Empty, "")]
    [InlineData("<think>a</think>\n  \n", AnswerFormat.Empty, "")]
    [InlineData("I'm sorry, but I can't give medical advice.", AnswerFormat.Refused, "")]
    [InlineData("I cannot answer this question.", AnswerFormat.Refused, "")]
    public void Read_Answer_GivesItemsAndFormat(string output, AnswerFormat format, string items)
    {
        AnswerReading reading = TolerantReader.Read(output, Vocabulary(_labels), Set());
        string.Join('|', reading.Items).ShouldBe(items);
        reading.Format.ShouldBe(format);
    }

    [Theory]
    [InlineData("- dosing weight")]
    [InlineData("1. arm")]
    [InlineData("sodium, potassium")]
    [InlineData("[\"a\", \"b\"]")]
    [InlineData("the answer is no")]
    [InlineData("**bold**")]
    [InlineData("i am sorry to say so")]
    public void Read_LineThatIsALabelOfAnotherSample_StaysAsItStands(string label)
    {
        AnswerReading reading = TolerantReader.Read(label, Vocabulary([label, "sodium", "potassium", "arm"]), Set());
        reading.Items.ShouldBe([label]);
        reading.Format.ShouldBe(AnswerFormat.Clean);
    }

    [Fact]
    public void Read_TheSamplesOwnLabels_DoNotDecideHowItIsRead()
    {
        AnswerVocabulary vocabulary = Vocabulary(["sodium"]);
        IReadOnlySet<string> own = Set("potassium", "heparin");
        vocabulary.Add(own);
        TolerantReader.Read("Potassium, Heparin", vocabulary, own).Items.ShouldBe(["potassium, heparin"]);
        vocabulary.Add(own);
        TolerantReader.Read("Potassium, Heparin", vocabulary, own).Items.ShouldBe(["potassium", "heparin"]);
    }

    [Fact]
    public void Read_WithoutVocabulary_SplitsNoLineAtCommas() =>
        TolerantReader.Read("Sodium, Potassium").ShouldSatisfyAllConditions(r => r.Items.ShouldBe(["sodium, potassium"]), r => r.Format.ShouldBe(AnswerFormat.Clean));

    [Fact]
    public void Read_ManyItemsOnOneLine_EndsSoon()
    {
        string line = string.Join(", ", Enumerable.Repeat("Sodium, Whole Blood, x", 5_000));
        AnswerReading reading = TolerantReader.Read(line, Vocabulary(_labels), Set());
        reading.Format.ShouldBe(AnswerFormat.Clean);
        TolerantReader.Read(string.Join(", ", Enumerable.Repeat("Sodium, Whole Blood, Heparin", 5_000)), Vocabulary(_labels), Set()).Items.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_ListCutWithinACharacter_IsReadAndNotAnError()
    {
        foreach (string text in new[] { "[\"sodium\", \"\ud83d\"]", "[\"sodium\", \"\ud83d", "{\"a\": \"\ude42\"}" })
            Should.NotThrow(() => TolerantReader.Read(text));
    }

    private static AnswerVocabulary Vocabulary(string[] labels)
    {
        var vocabulary = new AnswerVocabulary();
        foreach (string label in labels) vocabulary.Add(AnswerReader.NormalizeLabels([label]));
        return vocabulary;
    }

    private static HashSet<string> Set(params string[] items) => new(items, StringComparer.Ordinal);
}
