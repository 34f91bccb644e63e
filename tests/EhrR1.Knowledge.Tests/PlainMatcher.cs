using System.Numerics;
using System.Text;

namespace EhrR1.Knowledge.Tests;

/// <summary>The definition of a match, written down as it is spoken: every name against the query, sets of texts, exact fractions.</summary>
internal static class PlainMatcher
{
    public static HashSet<string> Find(IEnumerable<string> names, string query, SimilarityMeasure measure, int tenThousandths)
    {
        var wanted = Trigrams(query.ToLowerInvariant());
        return [.. names.Select(n => n.ToLowerInvariant()).Where(n => Matches(Trigrams(n), wanted, measure, tenThousandths))];
    }

    public static HashSet<string> Trigrams(string text)
    {
        var points = text.EnumerateRunes().Select(r => r.ToString()).ToList();
        while (points.Count < 3)
            points.Add("\u0001");
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var trigrams = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i + 3 <= points.Count; i++)
        {
            var trigram = points[i] + points[i + 1] + points[i + 2];
            int repetition = seen[trigram] = seen.GetValueOrDefault(trigram) + 1;
            trigrams.Add($"{trigram}#{repetition}");
        }

        return trigrams;
    }

    private static bool Matches(HashSet<string> x, HashSet<string> y, SimilarityMeasure measure, int t)
    {
        BigInteger shared = x.Count(y.Contains), one = 10_000;
        return measure switch
        {
            SimilarityMeasure.Jaccard => shared * one >= t * (x.Count + y.Count - shared),
            SimilarityMeasure.Dice => 2 * shared * one >= t * new BigInteger(x.Count + y.Count),
            SimilarityMeasure.Cosine => shared * shared * one * one >= new BigInteger(t) * t * x.Count * y.Count,
            _ => shared * one >= t * new BigInteger(Math.Min(x.Count, y.Count)),
        };
    }
}
