namespace EhrR1.Knowledge;

/// <summary>Whether two similar texts agree in what trigrams hardly see but medicine does: numbers, single letters and opposites.</summary>
/// <remarks>Safe for any number of threads.</remarks>
internal sealed class NameDistinctions(NoteRules rules)
{
    private const int LeastStem = 4;
    private static readonly string[] _romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

    private readonly Dictionary<string, int> _groups = rules.Opposites.SelectMany((group, number) => group.Select(word => (word, number))).ToDictionary(p => p.word, p => p.number, StringComparer.Ordinal);
    private readonly string[] _prefixes = [.. rules.OppositePrefixes, ""];

    /// <summary>Whether they agree.</summary>
    /// <param name="one">A text in lower case.</param>
    /// <param name="other">Another.</param>
    public bool Agree(string one, string other)
    {
        if (one == other)
            return true;
        var ones = WordsOf(one);
        var others = WordsOf(other);
        // What both have decides nothing.
        foreach (var word in ones.ToArray())
        {
            if (others.Remove(word))
                ones.Remove(word);
        }

        return !ones.Exists(Distinguishes) && !others.Exists(Distinguishes) && !ones.Exists(a => others.Exists(b => AreOpposite(a, b)));
    }

    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            while (at < text.Length && char.IsLetterOrDigit(text[at]))
                at++;
            if (at > start)
                words.Add(Arabic(text[start..at]));
            else
                at++;
        }

        return words;
    }

    /// <summary>"type II" is "type 2".</summary>
    private static string Arabic(string word) =>
        Array.IndexOf(_romans, word) is >= 0 and var number ? (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) : word;

    // The "s" of "Crohn's" is a word of its own here, and says nothing.
    private bool Distinguishes(string word) => (word.Length == 1 && word != "s") || word.AsSpan().ContainsAnyInRange('0', '9') || _groups.ContainsKey(word);

    private bool AreOpposite(string one, string other)
    {
        foreach (var prefix in _prefixes)
        {
            if (one.Length - prefix.Length < LeastStem || !one.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var stem = one.AsSpan(prefix.Length);
            if (other.AsSpan().EndsWith(stem) && Array.Exists(_prefixes, p => other.AsSpan(0, other.Length - one.Length + prefix.Length).SequenceEqual(p)))
                return true;
        }

        return false;
    }
}
