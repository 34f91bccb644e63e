using System.Globalization;
using System.Text;

namespace EhrR1.Models;

/// <summary>Unicode's normal form C, as tokenizers apply it before they split a text.</summary>
/// <remarks>
/// Needed because .NET without ICU leaves text as it is, and because the normalizer in Hugging Face's tokenizers stays at the
/// tables of Unicode 9.0 (<c>canonical.tsv</c>): later marks are not reordered there, so neither here.
/// Source: Unicode Standard Annex 15; Hangul by the arithmetic of the standard, section 3.12. Safe for use by any number of threads.
/// </remarks>
internal static class CanonicalComposition
{
    private const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28, SCount = LCount * VCount * TCount;

    private static readonly Dictionary<int, byte> _classes = [];
    private static readonly Dictionary<int, int[]> _parts = [];
    private static readonly Dictionary<(int, int), int> _wholes = [];
    private static readonly HashSet<int> _unstable = [];

    static CanonicalComposition()
    {
        using var reader = new StreamReader(typeof(CanonicalComposition).Assembly.GetManifestResourceStream("canonical.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells[0] is "=" or ">")
                AddDecomposition(cells[0] == "=", Hex(cells[1]), [.. cells[2].Split(' ').Select(Hex)]);
            else
                AddClass(byte.Parse(cells[0], CultureInfo.InvariantCulture), Hex(cells[1]), Hex(cells[2]));
        }

        for (var v = VBase; v < VBase + VCount; v++)
            _unstable.Add(v);
        for (var t = TBase + 1; t < TBase + TCount; t++)
            _unstable.Add(t);
    }

    /// <summary>The text in normal form C; the same string where nothing changes.</summary>
    /// <param name="text">Text without lone halves of characters.</param>
    public static string Normalize(string text)
    {
        // No character below U+0300 changes or changes another.
        var start = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF');
        if (start < 0 || !HasUnstable(text, start))
            return text;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points);
        Order(points);
        Compose(points);
        var to = new StringBuilder(text.Length);
        foreach (var point in points)
            to.Append(new Rune(point));
        var normal = to.ToString();
        return normal == text ? text : normal;
    }

    private static int Hex(string cell) => int.Parse(cell, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static void AddDecomposition(bool composes, int whole, int[] parts)
    {
        _parts[whole] = parts;
        if (composes)
        {
            _wholes[(parts[0], parts[1])] = whole;
            _unstable.Add(parts[1]);
        }
        else
        {
            _unstable.Add(whole);
        }
    }

    private static void AddClass(byte combining, int first, int last)
    {
        for (var c = first; c <= last; c++)
        {
            _classes[c] = combining;
            _unstable.Add(c);
        }
    }

    private static bool HasUnstable(string text, int start)
    {
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            if (rune.Value >= 0x300 && _unstable.Contains(rune.Value))
                return true;
        }

        return false;
    }

    private static void Decompose(int point, List<int> to)
    {
        if (point - SBase is >= 0 and < SCount and var s)
        {
            to.Add(LBase + (s / (VCount * TCount)));
            to.Add(VBase + (s % (VCount * TCount) / TCount));
            if (s % TCount > 0)
                to.Add(TBase + (s % TCount));
        }
        else if (point >= 0xC0 && _parts.TryGetValue(point, out var parts))
        {
            foreach (var part in parts)
                Decompose(part, to);
        }
        else
        {
            to.Add(point);
        }
    }

    // Marks between two starters go by their class; equal classes keep their order.
    private static void Order(List<int> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            if (ClassOf(points[i]) == 0)
                continue;
            var end = i + 1;
            while (end < points.Count && ClassOf(points[end]) != 0)
                end++;
            if (end - i > 1)
            {
                var run = points.GetRange(i, end - i).OrderBy(ClassOf).ToList();
                for (var k = 0; k < run.Count; k++)
                    points[i + k] = run[k];
            }

            i = end - 1;
        }
    }

    private static void Compose(List<int> points)
    {
        int starter = -1, to = 0, before = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var combining = ClassOf(point);
            // A mark reaches its starter past marks of lower classes only; a starter must stand right behind it.
            if (starter >= 0 && (starter == to - 1 || (before < combining && before != 0)) && Whole(points[starter], point) is { } whole)
            {
                points[starter] = whole;
                continue;
            }

            if (combining == 0)
                starter = to;
            before = combining;
            points[to++] = point;
        }

        points.RemoveRange(to, points.Count - to);
    }

    private static int ClassOf(int point) => point >= 0x300 && _classes.TryGetValue(point, out var combining) ? combining : 0;

    private static int? Whole(int first, int second)
    {
        if (first - LBase is >= 0 and < LCount and var l && second - VBase is >= 0 and < VCount and var v)
            return SBase + (((l * VCount) + v) * TCount);
        if (first - SBase is >= 0 and < SCount and var s && s % TCount == 0 && second - TBase is > 0 and < TCount and var t)
            return first + t;
        return _wholes.TryGetValue((first, second), out var whole) ? whole : null;
    }
}
