using CsCheck;

namespace EhrR1.Knowledge.Tests;

public sealed class NameIndexTests
{
    [Fact]
    public void Find_RandomNames_EqualsThePlainDefinition() =>
        Gen.Select(ClinicalNames.Any.Array[0, 60], ClinicalNames.Any.Array[1, 12]).Sample((names, queries) =>
        {
            using var index = NameIndex.Of(names);
            foreach (var query in queries.Concat(names.Take(5)))
            {
                foreach (var measure in Enum.GetValues<SimilarityMeasure>())
                    ShouldEqualPlain(index, names, query, measure, 0.7);
            }
        }, iter: 300);

    [Fact]
    public void Find_AnyThreshold_EqualsThePlainDefinition() =>
        Gen.Select(ClinicalNames.Any.Array[1, 40], ClinicalNames.Any, Gen.Int[1, 100], Gen.Enum<SimilarityMeasure>()).Sample((names, query, percent, measure) =>
        {
            using var index = NameIndex.Of(names);
            ShouldEqualPlain(index, names, query, measure, percent / 100.0);
        }, iter: 1000);

    [Fact]
    public void Find_ManyNames_EqualsThePlainDefinition()
    {
        var names = ClinicalNames.Many(1500);
        using var index = NameIndex.Of(names);
        for (int i = 0; i < names.Count; i += 29)
            ShouldEqualPlain(index, names, names[i][1..], SimilarityMeasure.Jaccard, 0.7);
    }

    [Fact]
    public void Find_Match_StatesSharedTrigramsAndSimilarity()
    {
        using var index = NameIndex.Of(["Heart failure", "heart failures", "renal failure"]);
        var found = index.Find("HEART FAILURE", SimilarityThreshold.Default);
        found.Select(m => index.Name(m.Name)).ShouldBe(["heart failure", "heart failures"]);
        found.Select(m => m.Shared).ShouldBe([11, 11]);
        found.Select(m => m.Similarity).ShouldBe([1, 11 / 12.0]);
    }

    [Theory]
    [InlineData("abcdefghi", "abcdefghij", true)]
    [InlineData("aaaaaaaaa", "aaaaaaa", true)] // 7 and 5 numbered trigrams of one kind: 5/7 ≥ 0.7
    [InlineData("aaaaaaaaa", "aaaaaa", false)] // 4/7
    [InlineData("abcdefghijkl", "abcdefghi", true)] // 7/10, exactly the threshold
    [InlineData("ab", "ab", true)]
    [InlineData("ab", "abc", false)]
    [InlineData("", "", true)]
    public void Find_PairNearTheThreshold_IsDecidedInWholeNumbers(string name, string query, bool matches)
    {
        using var index = NameIndex.Of([name]);
        index.Find(query, SimilarityThreshold.Default).Count.ShouldBe(matches ? 1 : 0);
    }

    [Fact]
    public void Find_LongNames_AreHeldAndFound()
    {
        var name = string.Concat(Enumerable.Range(0, 2500).Select(i => $"{i:x4}"));
        using var index = NameIndex.Of([name, "x", name[..9000]]);
        index.Find(name, SimilarityThreshold.Default).Count.ShouldBe(2);
        index.Find(new string('x', 70_000), SimilarityThreshold.Default).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => NameIndex.Of([new string('x', 70_000)]));
    }

    [Fact]
    public void Find_NamesWithMorePlacesThanAByteHolds_EqualsThePlainDefinition()
    {
        // Of one base, each with other ends: their shared trigrams stand at places from 0 to 900.
        var shared = string.Concat(Enumerable.Range(0, 225).Select(i => $"{i:x4}"));
        List<string> names = [.. Enumerable.Range(0, 12).Select(i => string.Concat(Enumerable.Range(0, 20 * i).Select(j => $"{(i * 5000) + (j * 17):x5}")) + shared[..(900 - (30 * i))])];
        using var index = NameIndex.Of(names);
        foreach (var name in names)
        {
            foreach (double least in new[] { 0.2, 0.5, 0.7 })
                ShouldEqualPlain(index, names, name[7..], SimilarityMeasure.Jaccard, least);
        }
    }

    [Fact]
    public void Find_NoNames_FindsNothing()
    {
        using var index = NameIndex.Of([]);
        index.Count.ShouldBe(0);
        index.Find("heart", SimilarityThreshold.Default).ShouldBeEmpty();
        index.Find("heart").ShouldBe(-1);
    }

    [Fact]
    public void Find_SameTrigramsInAnotherOrder_IsNotTheSameName()
    {
        // Both have the trigrams of "abcabc" with one "abca" turned round.
        using var index = NameIndex.Of(["aabaaabaa", "Heart Failure"]);
        index.Find("heart failure").ShouldBe(index.Find("HEART failure", SimilarityThreshold.Default)[0].Name);
        index.Find("aaabaabaa").ShouldBe(-1);
    }

    [Fact]
    public void Find_FromManyThreads_GivesWhatOneGives()
    {
        var names = ClinicalNames.Many(800);
        using var index = NameIndex.Of(names);
        var alone = names.Select(n => index.Find(n, SimilarityThreshold.Default)).ToList();
        Parallel.For(0, names.Count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => index.Find(names[i], SimilarityThreshold.Default).ShouldBe(alone[i]));
    }

    [Fact]
    public void Write_AnotherOrderOrPortion_GivesTheSameBytes()
    {
        var names = ClinicalNames.Many(700);
        var whole = Bytes(names, int.MaxValue);
        Bytes([.. names.AsEnumerable().Reverse()], int.MaxValue).ShouldBe(whole);
        Bytes(names, 100).ShouldBe(whole);
        using var folder = new TemporaryFolder();
        Bytes(names, 100, folder.PathOf("spill")).ShouldBe(whole);
        Directory.GetFiles(folder.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public void Find_ThresholdNotSet_IsAnError()
    {
        using var index = NameIndex.Of(["a"]);
        Should.Throw<ArgumentException>(() => index.Find("a", default));
        Should.Throw<ArgumentOutOfRangeException>(() => new SimilarityThreshold(SimilarityMeasure.Jaccard, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => new SimilarityThreshold(SimilarityMeasure.Jaccard, double.NaN));
    }

    private static byte[] Bytes(List<string> names, int postingsAtOnce, string? spillPath = null)
    {
        var texts = new TextTable();
        foreach (var name in names)
            texts.Intern(NameIndex.Fold(name));
        using var stream = new MemoryStream();
        var writer = new SectionWriter(stream);
        new NameIndexWriter(texts, postingsAtOnce, spillPath).Write(writer, CancellationToken.None);
        writer.Finish(1);
        return stream.ToArray();
    }

    private static void ShouldEqualPlain(NameIndex index, IEnumerable<string> names, string query, SimilarityMeasure measure, double least)
    {
        var found = index.Find(query, new SimilarityThreshold(measure, least)).Select(m => index.Name(m.Name)).ToHashSet(StringComparer.Ordinal);
        var plain = PlainMatcher.Find(names, query, measure, (int)Math.Round(least * 10_000));
        found.SetEquals(plain).ShouldBeTrue($"{measure} {least} \"{query}\": found [{string.Join('|', found.Order())}], plain [{string.Join('|', plain.Order())}]");
    }
}
