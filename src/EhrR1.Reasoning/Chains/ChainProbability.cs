using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>Reads the probability that a two-sided rationale ends with.</summary>
/// <remarks>
/// The prompt asks for a few sentences and then the number on a line of its own, so the last line that holds one number decides. Where there is none, the last
/// number with a point or a per cent sign does: a whole number in a sentence counts something. Ranges are no probability.
/// </remarks>
internal static class ChainProbability
{
    private const string Dress = " \t\r*_`~#>-–•:=≈.()[]\"'";
    private static readonly string[] _words = ["the", "estimated", "overall", "final", "my", "predicted", "probability", "risk", "estimate", "of", "is", "about", "approximately", "around", "roughly", "outcome", "yes", "p"];

    /// <summary>The probability, 0 to 1, or <see langword="null"/> where the text states none.</summary>
    public static double? In(ReadOnlySpan<char> body)
    {
        double? loose = null, alone = null;
        foreach (var line in body.EnumerateLines())
        {
            int numbers = 0;
            double? last = null;
            for (int at = 0; at < line.Length; at++)
            {
                if (!char.IsAsciiDigit(line[at]) && !(line[at] == '.' && at + 1 < line.Length && char.IsAsciiDigit(line[at + 1])))
                    continue;
                int start = at;
                at = EndOf(line, start, out bool isShare, out bool isFraction);
                numbers++;
                last = IsPart(line, start, at) ? null : Value(line[start..at], isShare);
                if (last is not null && (isShare || isFraction))
                    loose = last;
            }

            if (numbers == 1 && last is not null && IsAlone(line))
                alone = last;
        }

        return alone ?? loose;
    }

    private static int EndOf(ReadOnlySpan<char> line, int start, out bool isShare, out bool isFraction)
    {
        int end = start;
        isFraction = false;
        while (end < line.Length && (char.IsAsciiDigit(line[end]) || (line[end] == '.' && !isFraction && end + 1 < line.Length && char.IsAsciiDigit(line[end + 1]))))
        {
            isFraction |= line[end] == '.';
            end++;
        }

        int behind = end;
        while (behind < line.Length && line[behind] == ' ')
            behind++;
        isShare = line[behind..] is ['%', ..] || line[behind..].StartsWith("percent", StringComparison.OrdinalIgnoreCase) || line[behind..].StartsWith("per cent", StringComparison.OrdinalIgnoreCase);
        return end;
    }

    private static double? Value(ReadOnlySpan<char> digits, bool isShare) =>
        double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && (isShare ? value / 100 : value) is >= 0 and <= 1 and var probability ? probability : null;

    // One end of a range, part of a word or a date, one side of a ratio.
    private static bool IsPart(ReadOnlySpan<char> line, int start, int end)
    {
        var before = line[..start].TrimEnd(" %");
        var behind = line[end..].TrimStart(" %");
        bool joinsBefore = before is [.., '-' or '–' or '/'] && before[..^1].TrimEnd(" %") is [.., >= '0' and <= '9'];
        bool joinsBehind = behind is ['-' or '–' or '/', ..] && behind[1..].TrimStart() is [>= '0' and <= '9' or '.', ..];
        bool inWord = (start > 0 && char.IsLetter(line[start - 1])) || (end < line.Length && char.IsLetter(line[end]));
        return joinsBefore || before.EndsWith(" to", StringComparison.OrdinalIgnoreCase) || joinsBehind || inWord || behind.StartsWith("to ", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAlone(ReadOnlySpan<char> line)
    {
        foreach (var word in line.ToString().Split([.. Dress, ',', '%'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!char.IsAsciiDigit(word[0]) && !_words.Contains(word, StringComparer.OrdinalIgnoreCase) && !word.Equals("percent", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }
}
