using System.Globalization;

namespace EhrR1.Reasoning.Tests;

/// <summary>Changes one place of a true chain, so that it says something that is not so.</summary>
internal static class Corrupter
{
    /// <summary>The changed chain, or <see langword="null"/> where nothing false could be put in the place.</summary>
    public static string? Corrupt(GroundedCase of, TrueChain chain, Place place, Random random, GroundedWords words)
    {
        var old = place.Span.Of(chain.Text).ToString();
        var input = of.Sample.Input;
        var with = place.Kind switch
        {
            PlaceKind.EventName => Other(words.Events, old, n => !input.Contains($"## {n} [{TimeAfter(chain.Text, place)}]", StringComparison.Ordinal), random),
            PlaceKind.Time => OtherTime(old, random),
            PlaceKind.Number => OtherNumber(old, random),
            PlaceKind.Unit => Other(words.Units, old, _ => true, random),
            PlaceKind.Item => Other(words.ItemsOf(place.Event), old, n => !input.Contains(n, StringComparison.OrdinalIgnoreCase) && of.Graph.Facts.All(f => f.Name != n) && !of.Sample.Labels.Contains(n), random),
            PlaceKind.Relation => Other(words.Concepts, old, n => !IsInGraph(of, n) && !input.Contains(n, StringComparison.OrdinalIgnoreCase), random),
            PlaceKind.RelationWording => Other(["may treat", "is a complication of", "has risk factor", "raises"], old, _ => true, random),
            _ => Other(words.Finals, old, n => !of.Sample.Labels.Contains(n, StringComparer.OrdinalIgnoreCase), random),
        };
        return with is null || with == old ? null : string.Concat(chain.Text.AsSpan(0, place.Span.Start), with, chain.Text.AsSpan(place.Span.End));
    }

    private static bool IsInGraph(GroundedCase of, string name) => of.Graph.Edges.SelectMany(e => e.Paths).SelectMany(p => p).Concat(of.Graph.Facts.Select(f => f.Term)).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string TimeAfter(string text, Place place) => text.AsSpan(place.Span.End + 2, 19).ToString();

    private static string? Other(IReadOnlyList<string> from, string old, Func<string, bool> isFalse, Random random)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            var chosen = from[random.Next(from.Count)];
            if (!chosen.Equals(old, StringComparison.OrdinalIgnoreCase) && isFalse(chosen))
                return chosen;
        }

        return null;
    }

    private static string? OtherTime(string old, Random random)
    {
        if (!DateTime.TryParseExact(old, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return null;
        return GroundedCase.Time(random.Next(3) switch { 0 => time.AddMinutes(-random.Next(1, 50)), 1 => time.AddDays(-random.Next(1, 20)), _ => time.AddHours(-random.Next(1, 9)) });
    }

    // One digit becomes another.
    private static string OtherNumber(string old, Random random)
    {
        var digits = old.ToCharArray();
        int last = old.EndsWith(".0", StringComparison.Ordinal) ? old.Length - 2 : old.Length;
        int at;
        do
            at = random.Next(last);
        while (!char.IsAsciiDigit(digits[at]));
        digits[at] = (char)('0' + (((digits[at] - '0') + random.Next(1, 10)) % 10));
        return new string(digits);
    }
}

/// <summary>What other patients' chains could say in a place.</summary>
internal sealed record GroundedWords(IReadOnlyList<string> Events, IReadOnlyList<string> Units, Func<string, IReadOnlyList<string>> ItemsOf, IReadOnlyList<string> Concepts, IReadOnlyList<string> Finals);
