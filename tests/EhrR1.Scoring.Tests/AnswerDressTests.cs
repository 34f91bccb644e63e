using CsCheck;

namespace EhrR1.Scoring.Tests;

/// <summary>Properties of the tolerant reading: undressed answers read as themselves, dressed ones as the same set.</summary>
public sealed class AnswerDressTests
{
    // Names as hospitals have them: commas, stops, percent signs, brackets, numbers in front.
    private static readonly Gen<string> _word = Gen.OneOf(new[] { "Sodium", "Whole Blood", "0.9%", "(PF)", "Soln.", "[Endoscopic]", "5", "E.R.", "1/2", "D5W", "and", "of", "the", "NS.", "100 mg/mL", "\"low\"", "*NF*", "Type 2", "unspecified", "HEPARIN" }.Select(w => Gen.Const(w)).ToArray());
    private static readonly Gen<string> _name = Gen.Select(_word.Array[1, 4], Gen.OneOf(Gen.Const(" "), Gen.Const(", "), Gen.Const(" - "))).Select((words, between) => string.Join(between, words)).Where(n => n.Length > 3 && char.IsLetter(n[0]));
    private static readonly Gen<string[]> _set = _name.Array[1, 12].Select(n => n.DistinctBy(i => i.ToLowerInvariant()).ToArray());

    private static readonly (string Name, Func<string[], string> Dress, AnswerFormat Format)[] _dresses =
    [
        ("dashes", s => string.Join('\n', s.Select(i => "- " + i)), AnswerFormat.Bulleted),
        ("points", s => string.Join("\n\n", s.Select(i => "• " + i)), AnswerFormat.Bulleted),
        ("numbers", s => string.Join('\n', s.Select((i, n) => $"{n + 1}. {i}")), AnswerFormat.Numbered),
        ("brackets", s => string.Join('\n', s.Select((i, n) => $"({n + 1}) {i}")), AnswerFormat.Numbered),
        ("fence", s => "```\n" + string.Join('\n', s) + "\n```", AnswerFormat.Fenced),
        ("json", s => System.Text.Json.JsonSerializer.Serialize(s), AnswerFormat.Json),
        ("object", s => System.Text.Json.JsonSerializer.Serialize(new { answer = s }), AnswerFormat.Json),
        ("preface", s => "The answer is:\n" + string.Join('\n', s), AnswerFormat.Prefaced),
        ("introduction", s => "Here are the next items for the patient:\n" + string.Join('\n', s), AnswerFormat.Prefaced),
        ("bold", s => string.Join('\n', s.Select(i => $"**{i}**")), AnswerFormat.Wrapped),
        ("quotes", s => string.Join('\n', s.Select(i => $"“{i}”")), AnswerFormat.Wrapped),
        ("commas", s => string.Join(", ", s), AnswerFormat.CommaSeparated),
        ("thinking", s => "<think>\n- x\nThe answer is: y\n</think>\n\n" + string.Join('\n', s), AnswerFormat.Clean),
    ];

    [Fact]
    public void Read_BareItems_AreTheStrictReadingWithAndWithoutAVocabulary() => _set.Sample(set =>
    {
        string answer = string.Join('\n', set);
        foreach (AnswerVocabulary? vocabulary in new[] { null, Known(set) })
        {
            AnswerReading reading = TolerantReader.Read(answer, vocabulary);
            reading.Format.ShouldBe(AnswerFormat.Clean, answer);
            reading.Items.ShouldBe(AnswerReader.ReadItems(answer), ignoreOrder: true);
        }
    });

    [Fact]
    public void Read_AnyText_ThatIsClean_IsTheStrictReading() => Gen.String[Gen.Char["- ab12.,\n*\"[]{}:`()<thinkasworyes/>"], 0, 60].Sample(text =>
    {
        AnswerReading reading = TolerantReader.Read(text, Known(["a", "b", "1", "a, b"]));
        if ((reading.Format & ~(AnswerFormat.Repeated | AnswerFormat.Empty)) == AnswerFormat.Clean)
            reading.Items.ShouldBe(AnswerReader.ReadItems(text), ignoreOrder: true);
    });

    [Fact]
    public void Read_DressedItems_AreTheSameSet()
    {
        // One name may be the beginning of another with a comma in it; such sets say two things when written with commas.
        Gen.Select(_set, Gen.Int[0, _dresses.Length - 1]).Sample((set, n) =>
        {
            (string name, Func<string[], string> dress, AnswerFormat format) = _dresses[n];
            if (format == AnswerFormat.CommaSeparated && (set.Length < 2 || set.Any(i => i.Contains(',', StringComparison.Ordinal) || i.Contains("and ", StringComparison.Ordinal)))) return;
            AnswerReading reading = TolerantReader.Read(dress(set), Known(set));
            reading.Items.ShouldBe(AnswerReader.NormalizeLabels(set), ignoreOrder: true, name);
            reading.Format.ShouldBe(format, name);
        });
    }

    private static AnswerVocabulary Known(string[] set)
    {
        var vocabulary = new AnswerVocabulary();
        vocabulary.Add(AnswerReader.NormalizeLabels(set));
        return vocabulary;
    }
}
