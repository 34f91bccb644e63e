using System.Runtime.InteropServices;

namespace EhrR1.Scoring;

/// <summary>ROUGE-1: how many words a text shares with its reference.</summary>
/// <param name="Precision">Shared words over words of the candidate, 0 to 1.</param>
/// <param name="Recall">Shared words over words of the reference, 0 to 1.</param>
/// <param name="F1">Harmonic mean of the two, 0 to 1.</param>
/// <remarks>Words are runs of a–z and 0–9 after lower-casing; those of more than three characters are stemmed
/// (<see cref="PorterStemmer"/>); each is counted as often as it stands in both texts. Source: Lin, "ROUGE", 2004, as
/// computed by Google's <c>rouge_score</c> with <c>use_stemmer</c>. All three are 0 where a text has no word.</remarks>
public readonly record struct RougeScore(double Precision, double Recall, double F1)
{
    /// <summary>Scores a candidate text against its reference.</summary>
    /// <param name="candidate">The text to be scored, without thinking.</param>
    /// <param name="reference">The true text.</param>
    /// <returns>The score.</returns>
    public static RougeScore Rouge1(ReadOnlySpan<char> candidate, ReadOnlySpan<char> reference)
    {
        Dictionary<string, int> said = Count(candidate, out int saidWords);
        Dictionary<string, int> meant = Count(reference, out int meantWords);
        int shared = 0;
        foreach ((string word, int times) in said)
        {
            if (meant.TryGetValue(word, out int inReference)) shared += Math.Min(times, inReference);
        }

        return shared == 0
            ? default
            : new((double)shared / saidWords, (double)shared / meantWords, 2.0 * shared / (saidWords + meantWords));
    }

    private static Dictionary<string, int> Count(ReadOnlySpan<char> text, out int words)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        string lower = text.ToString().ToLowerInvariant();
        words = 0;
        for (int start = 0; start < lower.Length;)
        {
            int end = start;
            while (end < lower.Length && char.IsAsciiLetterOrDigit(lower[end])) end++;
            if (end == start)
            {
                start++;
                continue;
            }

            string word = lower[start..end];
            CollectionsMarshal.GetValueRefOrAddDefault(counts, word.Length > 3 ? PorterStemmer.Stem(word) : word, out _)++;
            words++;
            start = end;
        }

        return counts;
    }
}
