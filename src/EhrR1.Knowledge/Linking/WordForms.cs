using System.Buffers;
using System.Collections.Frozen;

namespace EhrR1.Knowledge;

/// <summary>Writes single words in one way: British spellings, plurals, and words that mean the same in names of concepts.</summary>
internal static class WordForms
{
    private static readonly (string British, string American)[] _spellings = EmbeddedTables.Rows("spellings.tsv", 2).Select(r => (r[0], r[1])).ToArray();
    private static readonly SearchValues<string> _british = SearchValues.Create([.. _spellings.Select(s => s.British)], StringComparison.Ordinal);
    private static readonly FrozenDictionary<string, string> _words = EmbeddedTables.Rows("words.tsv", 2).ToFrozenDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
    private static readonly FrozenSet<string> _fillers = new[] { "of", "the", "and", "in", "by", "for", "on", "to" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word joins others and tells nothing apart.</summary>
    public static bool IsFiller(string word) => word.Length <= 3 && _fillers.Contains(word);

    /// <summary>A word in lower case, written in the one way.</summary>
    public static string Of(string word)
    {
        if (word.Length <= 2)
            return word;
        string before;
        do
        {
            before = word;
            if (word.AsSpan().ContainsAny(_british))
                word = American(word);
            word = Singular(word);
            word = _words.GetValueOrDefault(word, word);
        }
        while (word != before && word.Length > 2);
        return word;
    }

    private static string American(string word)
    {
        foreach (var (british, american) in _spellings)
            word = word.Replace(british, american, StringComparison.Ordinal);
        return word;
    }

    /// <summary>A word without its plural ending; words that only look like plurals lose it too, on both sides alike.</summary>
    private static string Singular(string word)
    {
        if (word.Length <= 3 || word[^1] != 's' || char.IsAsciiDigit(word[^2]))
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal))
            return word.Length > 4 ? word[..^3] + "y" : word;
        if (word.EndsWith("oses", StringComparison.Ordinal) || word.EndsWith("yses", StringComparison.Ordinal))
            return word[..^2] + "is";
        if (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal))
            return word[..^2];
        return word[^2] is 's' or 'u' or 'i' ? word : word[..^1];
    }
}
