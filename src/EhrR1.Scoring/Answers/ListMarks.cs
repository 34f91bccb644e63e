using System.Globalization;
using System.Text.RegularExpressions;

namespace EhrR1.Scoring;

/// <summary>Takes bullets, numbers, quotes and the like off the lines of an answer.</summary>
/// <remarks>A mark is taken for one only where more than half of the lines wear it, and never off a line that is an item as it stands.</remarks>
internal static partial class ListMarks
{
    private static readonly (string Opens, string Closes)[] _wrappers = [("**", "**"), ("__", "__"), ("`", "`"), ("\"", "\""), ("“", "”"), ("'", "'"), ("‘", "’")];

    /// <summary>Takes off the marks.</summary>
    /// <param name="lines">The lines, trimmed, none empty; changed in place.</param>
    /// <param name="known">Whether a line is an item as it stands.</param>
    /// <returns>The marks that were found.</returns>
    public static AnswerFormat Strip(List<string> lines, Func<string, bool> known)
    {
        AnswerFormat found = AnswerFormat.Clean;
        if (StripBullets(lines, known)) found |= AnswerFormat.Bulleted;
        if (StripNumbers(lines, known)) found |= AnswerFormat.Numbered;
        if (Unwrap(lines, known)) found |= AnswerFormat.Wrapped;
        lines.RemoveAll(l => l.Length == 0);
        return found;
    }

    private static bool StripBullets(List<string> lines, Func<string, bool> known)
    {
        int[] marked = [.. Indices(lines, l => BulletLength(l) > 0).Where(i => !known(lines[i]))];
        if (marked.Length * 2 <= lines.Count) return false;
        foreach (int i in marked) lines[i] = lines[i][BulletLength(lines[i])..].TrimStart();
        return true;
    }

    private static bool StripNumbers(List<string> lines, Func<string, bool> known)
    {
        int[] marked = [.. Indices(lines, l => l[0] == '(' || char.IsAsciiDigit(l[0])).Where(i => Number().IsMatch(lines[i]) && !known(lines[i]))];
        if (marked.Length * 2 <= lines.Count) return false;

        // A list counts upwards; "0.9% saline" and "5 French" do not.
        int first = NumberOf(lines[marked[0]]);
        if (first > 1 || marked.Where((index, place) => NumberOf(lines[index]) != first + place).Any()) return false;
        foreach (int i in marked) lines[i] = lines[i][Number().Match(lines[i]).Length..];
        return true;
    }

    private static bool Unwrap(List<string> lines, Func<string, bool> known)
    {
        bool changed = false;
        int commas = lines.Take(lines.Count - 1).Count(l => l[^1] is ',' or ';' && !known(l));
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i];
            if (!MayBeWrapped(line) || known(line)) continue;
            if (line[^1] is ',' or ';' && commas > 0 && commas * 2 > lines.Count - 1) line = line[..^1].TrimEnd();
            for (string before = ""; before != line && !known(line);)
            {
                before = line;
                line = Unwrapped(line);
            }

            // A stop may belong to the item ("Soln."), so it goes only where what is left is one.
            if (line is [.., '.'] && !known(line) && known(line[..^1].TrimEnd())) line = line[..^1].TrimEnd();
            changed |= line != lines[i];
            lines[i] = line;
        }

        return changed;
    }

    private static string Unwrapped(string line)
    {
        foreach ((string opens, string closes) in _wrappers)
        {
            if (line.Length > opens.Length + closes.Length && line.StartsWith(opens, StringComparison.Ordinal) && line.EndsWith(closes, StringComparison.Ordinal))
                return line[opens.Length..^closes.Length].Trim();
        }

        return line;
    }

    private static bool MayBeWrapped(string line) =>
        line[^1] is ',' or ';' or '.' or '*' or '_' or '`' or '"' or '”' or '\'' or '’';

    private static int BulletLength(string line) => line[0] switch
    {
        '•' or '·' or '▪' or '◦' or '‣' or '●' => 1,
        '-' or '*' or '+' or '–' or '—' when line.Length > 1 && char.IsWhiteSpace(line[1]) => 2,
        _ => 0,
    };

    private static int NumberOf(string line) => int.Parse(Number().Match(line).Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    private static IEnumerable<int> Indices(List<string> lines, Func<string, bool> condition) => Enumerable.Range(0, lines.Count).Where(i => condition(lines[i]));

    [GeneratedRegex(@"^(?:\((?<number>[0-9]{1,3})\)|(?<number>[0-9]{1,3})[.):])\s+(?=\S)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
