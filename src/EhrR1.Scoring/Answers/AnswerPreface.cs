using System.Text.RegularExpressions;

namespace EhrR1.Scoring;

/// <summary>Finds where the answer begins in lines that hold other words before it.</summary>
internal static partial class AnswerPreface
{
    private const int IntroductionLines = 3;

    /// <summary>Drops the lines before the answer, and the words before it on its own line.</summary>
    /// <param name="lines">The lines, trimmed, none empty; changed in place.</param>
    /// <param name="known">Whether a line is an item as it stands; such a line is no preface.</param>
    /// <returns>Whether anything was dropped.</returns>
    public static bool Drop(List<string> lines, Func<string, bool> known)
    {
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            // A look at one letter spares most lines the pattern.
            if (!MayMark(lines[i]) || Marker().Match(lines[i]) is not { Success: true } marker || known(lines[i])) continue;
            string rest = marker.Groups["rest"].Value.Trim();
            lines.RemoveRange(0, rest.Length == 0 ? i + 1 : i);
            if (rest.Length > 0) lines[0] = rest;
            return true;
        }

        for (int i = Math.Min(IntroductionLines, lines.Count - 1) - 1; i >= 0; i--)
        {
            if (lines[i].TrimEnd('*', '_', ' ') is not [.., ':' or '：'] || !Introduction().IsMatch(lines[i]) || known(lines[i])) continue;
            lines.RemoveRange(0, i + 1);
            return true;
        }

        return false;
    }

    /// <summary>Whether the model says that it will not answer.</summary>
    public static bool IsRefusal(IReadOnlyList<string> lines, Func<string, bool> known) =>
        lines.Count is > 0 and <= 4 && lines[0].Length > 15 && Refusal().IsMatch(lines[0]) && !known(lines[0]);

    private static bool MayMark(string line) =>
        line[0] is '*' or '#' or '_' or '>' || char.ToLowerInvariant(line[0]) is 't' or 'a' or 'f' or 'c' or 'b' or 'm' or 's' or 'p' or 'n';

    [GeneratedRegex(
        @"^[*_#>\s]*(?:the\s+)?(?:(?:final|correct|best|most\s+likely|next)\s+)*(?:answers?|suggestions?|predictions?)[*_\s]*(?:(?:is|are)\b\s*[:：]?|[:：])[*_\s]*(?<rest>.*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();

    [GeneratedRegex(
        @"\b(?:here|following|answers?|suggest\w*|based|predict\w*|likely|recommend\w*|patients?|items?|list|next)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Introduction();

    [GeneratedRegex(
        @"^(?:(?:i['’]?m|i am) (?:very |truly )?sorry\b|sorry, |i (?:can ?not|can['’]?t|am (?:not able|unable)) |i['’]m (?:not able|unable) |as an ai\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Refusal();
}
