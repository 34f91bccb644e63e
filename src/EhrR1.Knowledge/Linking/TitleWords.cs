using System.Collections.Frozen;

namespace EhrR1.Knowledge;

/// <summary>The words of a code's title that say what it is about, and whether it is a class for what is left over.</summary>
internal readonly struct TitleWords
{
    private static readonly FrozenSet<string> _general = new[]
    {
        "disease", "syndrome", "unspecified", "other", "specified", "type", "acute", "chronic", "due", "with", "without", "not", "elsewhere", "classified",
        "or", "mention", "condition", "site", "organism", "part", "personal", "history", "family", "status", "use", "nec", "nos", "primary", "secondary",
        "complication", "encounter", "initial", "subsequent", "cause", "as", "from", "at", "at", "left", "right", "single", "multiple", "system",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _residual = new[] { "other", "unspecified", "elsewhere", "nec", "nos", "oth", "unsp", "unspec" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly HashSet<string> _words;

    private TitleWords(HashSet<string> words, bool isResidual)
    {
        _words = words;
        IsResidual = isResidual;
    }

    /// <summary>Whether the title stands for what has no class of its own: "Other …", "…, unspecified".</summary>
    public bool IsResidual { get; }

    /// <summary>Reads a title.</summary>
    public static TitleWords Of(string title)
    {
        var words = NormalForm.WordsOf(title);
        return new TitleWords([.. words.Where(w => !_general.Contains(w)).Select(Cancer)], words.Exists(_residual.Contains));
    }

    /// <summary>The greatest share of one name's telling words that stand in the title, 0 to 1, plus a little for each, so that of whole names the longest counts most.</summary>
    public double SharedWith(IReadOnlyList<string> names)
    {
        double best = 0;
        foreach (var name in names)
        {
            var telling = NormalForm.WordsOf(name).Where(w => !_general.Contains(w) && !WordForms.IsFiller(w)).Select(Cancer).ToHashSet(StringComparer.Ordinal);
            int shared = telling.Count(_words.Contains);
            if (shared > 0)
                best = Math.Max(best, ((double)shared / telling.Count) + (shared / 1000.0));
        }

        return best;
    }

    private static string Cancer(string word) => word is "neoplasm" or "malignant" or "carcinoma" ? "cancer" : word;
}
