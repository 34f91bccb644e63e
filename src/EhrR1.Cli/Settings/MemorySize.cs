using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Cli;

/// <summary>Sizes of memory as people write them: <c>4GiB</c>, <c>512MiB</c>, <c>1.5 GB</c>.</summary>
public static class MemorySize
{
    private static readonly (string Unit, double Bytes)[] _units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1),
    ];

    /// <summary>The number of bytes that a text names; the unit's case does not matter.</summary>
    /// <exception cref="EhrR1Exception">The text is no size, has no unit, or is below one byte.</exception>
    public static long Parse(string text)
    {
        var trimmed = text.Trim();
        foreach (var (unit, bytes) in _units)
        {
            if (!trimmed.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                continue;
            if (double.TryParse(trimmed[..^unit.Length].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * bytes is >= 1 and < long.MaxValue)
            {
                return (long)(number * bytes);
            }

            break;
        }

        throw new EhrR1Exception($"'{text}' is no size of memory", null, "Write a number and a unit, such as 4GiB or 512MiB");
    }

    /// <summary>The size in the largest binary unit that keeps it above 1, to one digit: <c>4GiB</c>, <c>1.5MiB</c>.</summary>
    public static string Format(long bytes)
    {
        foreach (var (unit, size) in (ReadOnlySpan<(string, double)>)[("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10)])
        {
            if (bytes >= size)
                return (bytes / size).ToString("0.#", CultureInfo.InvariantCulture) + unit;
        }

        return bytes.ToString(CultureInfo.InvariantCulture) + "B";
    }
}
