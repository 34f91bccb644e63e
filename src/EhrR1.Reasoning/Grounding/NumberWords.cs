using System.Globalization;

namespace EhrR1.Reasoning;

/// <summary>Looks for numbers by their value and for texts by their words.</summary>
internal static class NumberWords
{
    /// <summary>Adds the numbers of a place.</summary>
    public static void Add(ReadOnlySpan<char> text, TextSpan place, List<double> to)
    {
        for (int at = place.Start; at < place.End; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
                continue;
            int end = ChainNumbers.EndOf(text, at, place.End);
            if (double.TryParse(text[at..end], NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double value))
                to.Add(at > place.Start && text[at - 1] == '-' && (at - 1 == place.Start || !char.IsLetterOrDigit(text[at - 2])) ? -value : value);
            at = end;
        }
    }

    /// <summary>Whether a number is among others; what differs only by the last places of binary fractions is the same.</summary>
    public static bool Holds(List<double> values, double value)
    {
        foreach (double known in values)
        {
            if (Math.Abs(known - value) <= 1e-6 * Math.Max(1, Math.Abs(known)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a number stands in a text, however it is written: 117, 117.0, 1,170.</summary>
    public static bool Holds(ReadOnlySpan<char> text, double value)
    {
        Span<char> digits = stackalloc char[32];
        if (!Math.Abs(value).TryFormat(digits, out int length, "0.################", CultureInfo.InvariantCulture))
            return false;
        ReadOnlySpan<char> wanted = digits[..length];
        for (int from = 0; from < text.Length;)
        {
            int found = text[from..].IndexOf(wanted);
            if (found < 0)
                break;
            int at = from + found, end = at + length;
            if (IsFree(text, at) && IsSameValue(text, end, wanted.Contains('.')))
                return true;
            from = at + 1;
        }

        return Math.Abs(value) >= 1000 && HoldsThousands(text, Math.Abs(value));
    }

    /// <summary>Whether a phrase stands in a text, whatever its case, between other words.</summary>
    public static bool Holds(ReadOnlySpan<char> text, ReadOnlySpan<char> phrase) => IndexOf(text, phrase) >= 0;

    /// <summary>Where a phrase stands first in a text; −1 where it does not.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, ReadOnlySpan<char> phrase)
    {
        if (phrase.IsEmpty)
            return -1;
        for (int from = 0; from <= text.Length - phrase.Length;)
        {
            int found = text[from..].IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return -1;
            int at = from + found, end = at + phrase.Length;
            bool begins = at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at]);
            bool ends = end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]);
            if (begins && ends)
                return at;
            from = at + 1;
        }

        return -1;
    }

    private static bool IsFree(ReadOnlySpan<char> text, int at) => at == 0 || !(char.IsAsciiDigit(text[at - 1]) || (text[at - 1] is '.' or ',' && at > 1 && char.IsAsciiDigit(text[at - 2])));

    // Behind it nothing but noughts of its fraction.
    private static bool IsSameValue(ReadOnlySpan<char> text, int end, bool hasPoint)
    {
        if (!hasPoint && end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            end++;
        else if (!hasPoint)
            return end == text.Length || !(char.IsAsciiDigit(text[end]) || (text[end] == ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));
        while (end < text.Length && text[end] == '0')
            end++;
        return end == text.Length || !char.IsAsciiDigit(text[end]);
    }

    private static bool HoldsThousands(ReadOnlySpan<char> text, double value)
    {
        Span<char> digits = stackalloc char[40];
        return value.TryFormat(digits, out int length, "#,##0.################", CultureInfo.InvariantCulture) && text.IndexOf(digits[..length]) >= 0;
    }
}
