namespace EhrR1.Scoring;

/// <summary>Porter's stemmer in the variant that NLTK uses by default, which ROUGE scores are computed with.</summary>
/// <remarks>Sources: Porter, "An algorithm for suffix stripping", Program 14 (1980); the departures of NLTK 3's
/// <c>NLTK_EXTENSIONS</c> mode are marked where they stand. Stateless: safe to call from any thread.</remarks>
public static class PorterStemmer
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["sky"] = "sky", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["news"] = "news",
        ["innings"] = "inning", ["inning"] = "inning", ["outings"] = "outing", ["outing"] = "outing",
        ["cannings"] = "canning", ["canning"] = "canning", ["howe"] = "howe",
        ["proceed"] = "proceed", ["exceed"] = "exceed", ["succeed"] = "succeed",
    };

    private static readonly (string Suffix, string Replacement)[] Plurals = [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

    private static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("bli", "ble"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("fulli", "ful"),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
        ["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"];

    /// <summary>Reduces an English word to its stem.</summary>
    /// <param name="word">A word in lower case.</param>
    /// <returns>The stem; the word itself where it has one or two letters.</returns>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Irregular.TryGetValue(word, out string? stem)) return stem;
        if (word.Length <= 2) return word;
        word = WithoutPlural(word);
        word = WithoutPastOrGerund(word);
        word = WithFinalI(word);
        word = WithoutDoubleSuffix(word);
        word = Replace(word, Step3, static s => Measure(s) > 0);
        word = WithoutLastSuffix(word);
        return WithoutFinalEOrL(word);
    }

    private static string WithoutPlural(string word) =>
        // NLTK: "dies" gives "die", although "flies" gives "fli".
        word.Length == 4 && Ends(word, "ies") ? word[..^1] : Replace(word, Plurals, static _ => true);

    private static string WithoutPastOrGerund(string word)
    {
        // NLTK: "died" gives "die", although "spied" gives "spi".
        if (Ends(word, "ied")) return word.Length == 4 ? word[..^1] : word[..^2];
        if (Ends(word, "eed")) return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        string? stem = Ends(word, "ed") && HasVowel(word.AsSpan(0, word.Length - 2)) ? word[..^2]
            : Ends(word, "ing") && HasVowel(word.AsSpan(0, word.Length - 3)) ? word[..^3]
            : null;
        if (stem is null) return word;
        if (Ends(stem, "at") || Ends(stem, "bl") || Ends(stem, "iz")) return stem + "e";
        if (EndsInDoubleConsonant(stem)) return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return Measure(stem) == 1 && EndsConsonantVowelConsonant(stem) ? stem + "e" : stem;
    }

    // NLTK: only after a consonant that is not the whole stem ("happy" gives "happi", "enjoy" and "by" stay).
    private static string WithFinalI(string word) =>
        Ends(word, "y") && word.Length > 2 && IsConsonant(word, word.Length - 2) ? word[..^1] + "i" : word;

    private static string WithoutDoubleSuffix(string word)
    {
        // NLTK: "alli" first, and what it leaves once more.
        if (Ends(word, "alli") && Measure(word.AsSpan(0, word.Length - 4)) > 0) return WithoutDoubleSuffix(word[..^2]);
        // NLTK: the l of "logi" counts as part of the stem, so that "geologi" and "theologi" lose their i.
        if (Ends(word, "logi")) return Measure(word.AsSpan(0, word.Length - 3)) > 0 ? word[..^1] : word;
        return Replace(word, Step2, static s => Measure(s) > 0);
    }

    private static string WithoutLastSuffix(string word)
    {
        foreach (string suffix in Step4)
        {
            if (!Ends(word, suffix)) continue;
            string stem = word[..^suffix.Length];
            return Measure(stem) > 1 && (suffix != "ion" || Ends(stem, "s") || Ends(stem, "t")) ? stem : word;
        }

        return word;
    }

    private static string WithoutFinalEOrL(string word)
    {
        if (Ends(word, "e"))
        {
            string stem = word[..^1];
            int measure = Measure(stem);
            if (measure > 1 || (measure == 1 && !EndsConsonantVowelConsonant(stem))) word = stem;
        }

        return Ends(word, "ll") && Measure(word.AsSpan(0, word.Length - 1)) > 1 ? word[..^1] : word;
    }

    // The first suffix that fits decides, whether its condition holds or not.
    private static string Replace(string word, (string Suffix, string Replacement)[] rules, Func<string, bool> condition)
    {
        foreach ((string suffix, string replacement) in rules)
        {
            if (!Ends(word, suffix)) continue;
            string stem = word[..^suffix.Length];
            return condition(stem) ? stem + replacement : word;
        }

        return word;
    }

    private static bool Ends(string word, string suffix) => word.EndsWith(suffix, StringComparison.Ordinal);

    // Letter by letter from the start, as a y depends on the letter before it; no recursion, since a "word" may be any
    // run of letters that a model wrote.
    private static bool IsConsonant(ReadOnlySpan<char> word, int i)
    {
        int first = i;
        while (first > 0 && word[first] == 'y') first--;
        bool consonant = word[first] is not ('a' or 'e' or 'i' or 'o' or 'u');
        return (i - first) % 2 == 0 ? consonant : !consonant;
    }

    /// <summary>Porter's m: how often a vowel is followed by a consonant.</summary>
    private static int Measure(ReadOnlySpan<char> stem)
    {
        int measure = 0;
        bool before = true;
        for (int i = 0; i < stem.Length; i++)
        {
            bool consonant = stem[i] == 'y' ? i == 0 || !before : stem[i] is not ('a' or 'e' or 'i' or 'o' or 'u');
            if (consonant && !before) measure++;
            before = consonant;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> stem)
    {
        for (int i = 0; i < stem.Length; i++)
        {
            if (!IsConsonant(stem, i)) return true;
        }

        return false;
    }

    private static bool EndsInDoubleConsonant(string word) =>
        word.Length >= 2 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    private static bool EndsConsonantVowelConsonant(string word)
    {
        int n = word.Length;
        // NLTK: two letters, vowel and consonant, count too.
        if (n == 2) return !IsConsonant(word, 0) && IsConsonant(word, 1);
        return n >= 3 && IsConsonant(word, n - 3) && !IsConsonant(word, n - 2) && IsConsonant(word, n - 1) && word[^1] is not ('w' or 'x' or 'y');
    }
}
