namespace EhrR1.Reasoning;

/// <summary>Compares units: case, blanks, stops and the two letters mu make no difference.</summary>
internal static class Units
{
    private const string Micro = "µμ";

    /// <summary>Whether one of the rows has a unit, written or known without being written.</summary>
    public static bool StandWith(List<InputRow> rows, string input, ReadOnlySpan<char> unit)
    {
        foreach (var row in rows)
        {
            foreach (var place in row.Units)
            {
                if (AreSame(place.Of(input), unit))
                    return true;
            }

            foreach (var implied in row.Implied)
            {
                if (AreSame(implied, unit) || (unit.IndexOf('/') > 0 && AreSame(implied, unit[..unit.IndexOf('/')])))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether a text begins with the whole unit of one of the rows, one of several words among them: "mg PE".</summary>
    public static bool BeginAt(List<InputRow> rows, string input, ReadOnlySpan<char> text)
    {
        foreach (var row in rows)
        {
            foreach (var place in row.Units)
            {
                var unit = place.Of(input);
                if (unit.Contains(' ') && text.StartsWith(unit, StringComparison.OrdinalIgnoreCase) && (text.Length == unit.Length || !char.IsLetterOrDigit(text[unit.Length])))
                    return true;
            }
        }

        return false;
    }

    private static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < one.Length && IsPassedOver(one[i]))
                i++;
            while (j < other.Length && IsPassedOver(other[j]))
                j++;
            if (i == one.Length || j == other.Length)
                return i == one.Length && j == other.Length;
            if (Plain(one[i++]) != Plain(other[j++]))
                return false;
        }
    }

    private static bool IsPassedOver(char c) => c is ' ' or '.';

    private static char Plain(char c) => Micro.Contains(c, StringComparison.Ordinal) ? 'u' : char.ToLowerInvariant(c);
}
