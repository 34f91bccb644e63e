using System.Collections.Concurrent;
using System.Text;

namespace EhrR1.Reasoning;

/// <summary>Names of concepts as they stand within a sentence: "NiMODipine" is nimodipine there, "Crohn's disease" keeps its capital.</summary>
/// <remarks>Memory grows with the different names. Safe for any number of threads.</remarks>
internal static class ConceptText
{
    private const int ShortestTallMan = 7;
    private static readonly ConcurrentDictionary<string, string> _within = new(StringComparer.Ordinal);
    private static readonly string[] _singularEnds = ["ss", "us", "is", "as", "os"];
    private static readonly HashSet<string> _singular =
        new(StringComparer.OrdinalIgnoreCase) { "diabetes", "ascites", "herpes", "measles", "mumps", "rabies", "scabies", "caries", "series", "rickets", "shingles", "species", "tabes", "feces", "lens", "biceps", "triceps", "forceps", "aids", "ards", "sars", "mers", "icds", "sids", "pbs", "ids", "ss", "afterwards", "always", "towards" };

    private static readonly string[] _headEnds = [" of ", " in ", " to ", " for ", " with ", " without ", " by ", " due ", " from ", " on ", " not ", " caused ", " following ", " using "];

    /// <summary>A name within a sentence.</summary>
    public static string Within(string name) => _within.GetOrAdd(name, Lower);

    /// <summary>A text as a sentence begins.</summary>
    public static string Begin(string text)
    {
        int blank = text.AsSpan().IndexOfAny(" -/(");
        var first = blank < 0 ? text.AsSpan() : text.AsSpan(0, blank);
        // "pH" and "mRNA" keep what they are.
        return text.Length == 0 || !char.IsLower(text[0]) || first[1..].ContainsAnyInRange('A', 'Z') ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>A list: "a", "a and b", "a, b and c".</summary>
    public static string List(IReadOnlyList<string> items)
    {
        if (items.Count < 2)
            return items.Count == 0 ? "" : items[0];
        // Names with commas of their own would run into each other, where no quotes keep them apart.
        bool hasCommas = items.Any(i => i.Contains(',', StringComparison.Ordinal) && !i.Contains('"', StringComparison.Ordinal));
        return items.Count == 2 ? $"{items[0]} and {items[1]}"
            : string.Join(hasCommas ? " and " : ", ", items.Take(items.Count - 1)) + " and " + items[^1];
    }

    /// <summary>Whether a name is a plural: "loop diuretics", but not "diabetes mellitus" or "sepsis".</summary>
    public static bool IsSeveral(string name)
    {
        var head = name.AsSpan();
        int end = head.IndexOfAny(",;([");
        if (end > 0)
            head = head[..end];
        foreach (var stop in _headEnds)
        {
            int at = head.IndexOf(stop, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
                head = head[..at];
        }

        head = head.Trim();
        int blank = head.LastIndexOfAny(" /");
        var word = head[(blank + 1)..];
        if (word.Length < 4 || word[^1] is not ('s' or 'S') || _singular.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return false;
        foreach (var singular in _singularEnds)
        {
            if (word.EndsWith(singular, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        // A word all in capitals is an abbreviation.
        return !(char.IsUpper(word[0]) && char.IsUpper(word[^1])) || word.Length > 5;
    }

    /// <summary>Whether one of two names is the other with more around it, so that to say both tells nothing.</summary>
    public static bool IsLike(string one, string other)
    {
        var a = Letters(one);
        var b = Letters(other);
        return a.Length == 0 || b.Length == 0 || a.Contains(b, StringComparison.Ordinal) || b.Contains(a, StringComparison.Ordinal);
    }

    /// <summary>Whether a name holds a number: said where the record does not have it, it would be a quotation of nothing.</summary>
    public static bool HasNumber(string name) => name.AsSpan().ContainsAnyInRange('0', '9');

    private static string Letters(string name) => new string([.. name.Where(char.IsLetterOrDigit)]).ToLowerInvariant();

    private static string Lower(string name)
    {
        // All in capitals is how the record spells it; to guess which of its words are abbreviations would be worse.
        if (!name.Any(char.IsLower))
            return name;
        var text = new StringBuilder(name.Length);
        int depth = 0;
        for (int at = 0; at < name.Length;)
        {
            char c = name[at];
            if (!char.IsLetter(c))
            {
                depth += c is '(' or '[' ? 1 : c is ')' or ']' ? -1 : 0;
                text.Append(c);
                at++;
                continue;
            }

            int end = at;
            while (end < name.Length && char.IsLetterOrDigit(name[end]))
                end++;
            var word = name.AsSpan(at, end - at);
            bool isOwner = end < name.Length && name[end] is '\'' or '’';
            // In brackets stand brand names.
            if (!isOwner && IsTallMan(word))
                text.Append(word.ToString().ToLowerInvariant());
            else if (!isOwner && depth == 0 && IsCapitalized(word) && !NarrationWords.BuiltIn.ProperNameSet.Contains(word))
                text.Append(char.ToLowerInvariant(word[0])).Append(word[1..]);
            else
                text.Append(word);
            at = end;
        }

        return text.ToString();
    }

    private static bool IsCapitalized(ReadOnlySpan<char> word) => word.Length > 1 && char.IsUpper(word[0]) && !word[1..].ContainsAnyInRange('A', 'Z') && char.IsLower(word[^1]);

    /// <summary>Drugs that are easily confused are written with some capitals: "hydrOXYzine".</summary>
    private static bool IsTallMan(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestTallMan)
            return false;
        bool hasLower = false, hasRun = false;
        for (int i = 0; i < word.Length; i++)
        {
            if (!char.IsLetter(word[i]))
                return false;
            hasLower |= char.IsLower(word[i]);
            hasRun |= i > 0 && char.IsUpper(word[i]) && char.IsUpper(word[i - 1]);
        }

        return hasLower && hasRun;
    }
}
