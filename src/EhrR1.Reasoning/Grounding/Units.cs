namespace EhrR1.Reasoning;

/// <summary>Compares units: case and the two letters mu make no difference.</summary>
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

    private static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.Length != other.Length)
            return false;
        for (int i = 0; i < one.Length; i++)
        {
            if (Plain(one[i]) != Plain(other[i]))
                return false;
        }

        return true;
    }

    private static char Plain(char c) => Micro.Contains(c, StringComparison.Ordinal) ? 'u' : char.ToLowerInvariant(c);
}
