using CsCheck;

namespace EhrR1.Tasks.Tests;

public sealed class CandidateTests
{
    [Fact]
    public void For_Risk_IsYesAndNo()
        => new CandidateMaker(new LabelCounts()).For(WeightTests.Row("Inpatient_Mortality", "a", 1, "yes")).ShouldBe(["yes", "no"]);

    [Fact]
    public void For_FreeText_IsNothing()
        => new CandidateMaker(new LabelCounts()).For(WeightTests.Row("discharge", "a", 1, "text")).ShouldBeEmpty();

    [Fact]
    public void For_SmallVocabulary_IsAllOfItShuffledBySeedAndId()
    {
        var counts = Counts(100);
        var first = new CandidateMaker(counts, 3).For(WeightTests.Row("a", "label 1"));

        first.Order(StringComparer.Ordinal).ShouldBe(counts.VocabularyOf("labevents").Select(l => l.Key).Order(StringComparer.Ordinal));
        new CandidateMaker(counts, 3).For(WeightTests.Row("a", "label 1")).ShouldBe(first);
        new CandidateMaker(counts, 4).For(WeightTests.Row("a", "label 1")).ShouldNotBe(first);
        new CandidateMaker(counts, 3).For(WeightTests.Row("b", "label 1")).ShouldNotBe(first);
    }

    [Fact]
    public void For_LargeVocabulary_IsNearestFrequentAndLabels()
    {
        var counts = Counts(400);
        for (var i = 0; i < 60; i++)
            counts.Add("labevents", $"Furosemide {i:D2} mg", 1);
        counts.Add("labevents", "Furosemide", 1);

        var candidates = new CandidateMaker(counts).For(WeightTests.Row("a", "Furosemide", "label 7"));

        candidates.Count.ShouldBe(102);
        candidates.Distinct().Count().ShouldBe(102);
        candidates.ShouldContain("Furosemide");
        candidates.ShouldContain("label 7");
        candidates.Count(c => c.StartsWith("Furosemide ", StringComparison.Ordinal)).ShouldBeInRange(20, 50);
        candidates.ShouldContain("label 399");
    }

    [Fact]
    public void Nearest_AnyVocabulary_IsThatOfThePlainDefinition()
        => Gen.String[Gen.Char["abc AB"], 0, 8].Array[1, 40].Select(Gen.String[Gen.Char["abc AB"], 0, 8]).Sample((entries, label) =>
        {
            string[] vocabulary = [.. entries.Distinct(StringComparer.Ordinal)];
            var plain = vocabulary
                .Select((entry, i) => (Entry: i, Similarity: Jaccard(entry, label)))
                .Where(n => n.Similarity > 0)
                .OrderByDescending(n => n.Similarity).ThenBy(n => n.Entry)
                .Take(10);

            new TrigramIndex(vocabulary).Nearest(label, 10).ShouldBe(plain);
        });

    private static double Jaccard(string one, string other)
    {
        HashSet<string> a = Trigrams(one), b = Trigrams(other);
        return a.Intersect(b).Count() / (double)a.Union(b).Count();
    }

    private static HashSet<string> Trigrams(string text)
    {
        var padded = $"  {text.ToLowerInvariant()} ";
        return [.. Enumerable.Range(0, padded.Length - 2).Select(i => padded.Substring(i, 3))];
    }

    private static LabelCounts Counts(int labels)
    {
        var counts = new LabelCounts();
        for (var i = 0; i < labels; i++)
            counts.Add("labevents", $"label {i}", 10 + i);
        return counts;
    }
}
