using System.IO.Compression;

namespace EhrR1.Knowledge.Tests;

public sealed class SimStringTests
{
    [Theory]
    [InlineData(SimilarityMeasure.Jaccard, "jaccard")]
    [InlineData(SimilarityMeasure.Cosine, "cosine")]
    [InlineData(SimilarityMeasure.Dice, "dice")]
    [InlineData(SimilarityMeasure.Overlap, "overlap")]
    public void Find_NamesMadeForTheTest_EqualsSimString(SimilarityMeasure measure, string name)
    {
        var names = Folded(ClinicalNames.Many(4000).Concat(["", "a", "ab", "abc", "aaaa", "abababababab"]));
        ShouldEqual(names, Queries(names, 7), measure, name);
    }

    [Fact]
    public void Find_RealDiseaseNames_EqualsSimString()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(RealData.Knowledge(), "HumanDO.tsv.gz")), CompressionMode.Decompress));
        var names = Folded(reader.ReadToEnd().Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t')[1].Trim('"')));
        names.Count.ShouldBeGreaterThan(12_000);
        ShouldEqual(names, Queries(names, 5), SimilarityMeasure.Jaccard, "jaccard");
    }

    /// <summary>Both for all queries at 0.7. Cosine and dice may part where a pair stands on the threshold exactly, as SimString rounds there.</summary>
    private static void ShouldEqual(List<string> names, List<string> queries, SimilarityMeasure measure, string name)
    {
        var theirs = SimString.Find(names, queries, name, "0.7");
        using var index = NameIndex.Of(names);
        var threshold = new SimilarityThreshold(measure, 0.7);
        int found = 0;
        for (int i = 0; i < queries.Count; i++)
        {
            var ours = index.Find(queries[i], threshold).ToDictionary(m => index.Name(m.Name), m => m.Similarity);
            var differing = ours.Keys.Except(theirs[i]).Concat(theirs[i].Except(ours.Keys)).ToList();
            if (measure != SimilarityMeasure.Jaccard)
                differing.RemoveAll(n => IsOnTheThreshold(n, queries[i], threshold));
            differing.ShouldBeEmpty($"query \"{queries[i]}\"");
            found += ours.Count;
        }

        found.ShouldBeGreaterThan(queries.Count / 2);
    }

    private static bool IsOnTheThreshold(string name, string query, SimilarityThreshold threshold)
    {
        var x = PlainMatcher.Trigrams(name);
        var y = PlainMatcher.Trigrams(query);
        return Math.Abs(threshold.Similarity(x.Count, y.Count, x.Count(y.Contains)) - (threshold.TenThousandths / 10_000.0)) < 1e-12;
    }

    private static List<string> Folded(IEnumerable<string> names) => [.. names.Select(NameIndex.Fold).Distinct(StringComparer.Ordinal)];

    /// <summary>Exact names, names with an edit, and pieces of names.</summary>
    private static List<string> Queries(List<string> names, int every)
    {
        var queries = new List<string>();
        for (int i = 0; i < names.Count; i += every)
        {
            var name = names[i];
            queries.Add((i / every % 4) switch
            {
                0 => name,
                1 => name.Insert(name.Length / 2, "é"),
                2 => string.Join(' ', name.Split(' ').Skip(1)),
                _ => string.Join(' ', name.Split(' ').Reverse()),
            });
        }

        // A query cut within an astral character cannot be said in UTF-8.
        queries.RemoveAll(q => q.EnumerateRunes().Any(r => r.Value == 0xFFFD));
        return queries;
    }
}
