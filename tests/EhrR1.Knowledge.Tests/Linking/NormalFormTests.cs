using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class NormalFormTests
{
    private static readonly Gen<string> _texts = Gen.OneOf(
        Gen.String[Gen.Char["abceilmnosuxyzABEHS019 -.,'`()/%é"], 0, 30],
        Gen.String[0, 12],
        Words("haem", "oses", "ies", "ss", "tumour", "disorders", "b-12", "of", "the", "anaemias", "faec", "0.9").Array[1, 6].Select(p => string.Concat(p)),
        Words("Heart", "failures", "of", "B-12", "Barrett's", "oedema", "type", "2", "disorder", "A").Array[1, 6].Select(w => string.Join(' ', w)));

    private static Gen<string> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(i => words[i]);

    [Theory]
    [InlineData("Failure, Heart (Congestive)", "congestive failure heart")]
    [InlineData("congestive heart failures", "congestive failure heart")]
    [InlineData("Barrett's esophagus", "barrett esophagus")]
    [InlineData("Barrett oesophagus", "barrett esophagus")]
    [InlineData("Hodgkin`s disease", "disease hodgkin")]
    [InlineData("Sjögren’s syndrome", "sjogren syndrome")]
    [InlineData("disorders of the spleen", "disease spleen")]
    [InlineData("Cyanocobalamin (Vitamin B-12)", "b12 cyanocobalamin vitamin")]
    [InlineData("0.9% Sodium Chloride", "0.9 chloride sodium")]
    [InlineData("β-blocker", "beta blocker")]
    [InlineData("Diagnoses; thromboses", "diagnosis thrombosis")]
    [InlineData("hepatitis A", "a hepatitis")]
    [InlineData("Fever without cough", "cough fever without")]
    [InlineData("Haemorrhagic diarrhoea", "diarrhea hemorrhagic")]
    [InlineData("The", "the")]
    [InlineData("***", "")]
    public void Of_Text_IsWrittenInOneWay(string text, string form) => NormalForm.Of(text).ShouldBe(form);

    [Theory]
    [InlineData("type 1 diabetes", "type 2 diabetes")]
    [InlineData("hepatitis A", "hepatitis B")]
    [InlineData("pain with swelling", "pain without swelling")]
    [InlineData("hyperkalemia", "hypokalemia")]
    public void Of_WordsThatTellApart_AreKept(string one, string other) => NormalForm.Of(one).ShouldNotBe(NormalForm.Of(other));

    [Fact]
    public void Of_NormalForm_IsItself() => _texts.Sample(text => NormalForm.Of(NormalForm.Of(text)) == NormalForm.Of(text), iter: 4000);

    [Fact]
    public void Of_OtherCase_IsTheSame() => Gen.String[Gen.Char["abceilmnosuxyzABEHS019 -.,'()/%"], 0, 30].Sample(text =>
        NormalForm.Of(text.ToUpperInvariant()) == NormalForm.Of(text.ToLowerInvariant()), iter: 2000);

    [Fact]
    public void Of_OtherOrder_IsTheSame() => Gen.Select(Gen.String[Gen.Char["abcdeiosy12"], 1, 9].Array[1, 7], Gen.Int).Sample((words, seed) =>
    {
        var others = words.ToArray();
        new Random(seed).Shuffle(others);
        return NormalForm.Of(string.Join(' ', words)) == NormalForm.Of(string.Join(", ", others));
    }, iter: 2000);
}
