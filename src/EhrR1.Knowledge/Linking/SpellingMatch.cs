using System.Collections.Frozen;

namespace EhrR1.Knowledge;

/// <summary>Decides whether two names are the same but for spelling: every word must have its own counterpart.</summary>
/// <remarks>
/// Similar trigrams alone join what must not be joined ("type 1 diabetes" and "type 2 diabetes", "prednisone" and "prednisolone").
/// So a word may differ by one letter (added, lost, changed, or two swapped) from six letters on, by two from twelve on unless it
/// is a drug; numbers may not differ, nor may pairs of words that mean different things (lookalikes.tsv in the assembly).
/// </remarks>
internal static class SpellingMatch
{
    private const int OneEdit = 6;
    private const int TwoEdits = 12;
    private const int LeastStem = 6;
    private static readonly (string One, string Other)[] _opposites = [("hyper", "hypo"), ("intra", "inter"), ("supra", "infra"), ("endo", "exo"), ("macro", "micro"), ("brady", "tachy"), ("pre", "post")];
    private static readonly FrozenSet<(string, string)> _lookalikes = EmbeddedTables.Rows("lookalikes.tsv", 2)
        .SelectMany(r => ((string, string)[])[(r[0], r[1]), (r[1], r[0])]).ToFrozenSet();

    /// <summary>Whether the words of a term and of a name are alike, whatever their order.</summary>
    public static bool AreAlike(TermKind kind, IReadOnlyList<string> term, IReadOnlyList<string> name)
    {
        var left = name.Where(w => !WordForms.IsFiller(w)).ToList();
        var wanted = term.Where(w => !WordForms.IsFiller(w)).ToList();
        if (wanted.Count != left.Count || wanted.Count == 0)
            return false;
        wanted.RemoveAll(left.Remove);
        return wanted.TrueForAll(w => left.FindIndex(n => IsAlike(kind, w, n)) is >= 0 and var at && Removed(left, at));
    }

    private static bool Removed(List<string> words, int at)
    {
        words.RemoveAt(at);
        return true;
    }

    private static bool IsAlike(TermKind kind, string word, string name)
    {
        int shorter = Math.Min(word.Length, name.Length);
        if (shorter < OneEdit || word.Any(char.IsDigit) || name.Any(char.IsDigit) || _lookalikes.Contains((word, name)))
            return false;
        if (_opposites.Any(o => (word.StartsWith(o.One, StringComparison.Ordinal) && name.StartsWith(o.Other, StringComparison.Ordinal))
            || (word.StartsWith(o.Other, StringComparison.Ordinal) && name.StartsWith(o.One, StringComparison.Ordinal))))
            return false;
        // Dispensing machines cut names short: "Nitroglyce".
        if (kind == TermKind.Drug && word.Length >= LeastStem && name.StartsWith(word, StringComparison.Ordinal))
            return true;
        int allowed = shorter >= TwoEdits && kind != TermKind.Drug ? 2 : 1;
        return Math.Abs(word.Length - name.Length) <= allowed && Distance(word, name) <= allowed;
    }

    /// <summary>The number of letters to add, to take away, to change or to swap with the next (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            last[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
