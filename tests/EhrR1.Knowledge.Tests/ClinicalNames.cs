using System.Globalization;
using System.Text;
using CsCheck;

namespace EhrR1.Knowledge.Tests;

/// <summary>Names made for the tests: many alike, some repeated within, some not of ASCII, some very short or long.</summary>
internal static class ClinicalNames
{
    private static readonly string[] _heads = ["acute", "chronic", "recurrent", "bilateral", "Sjögren", "Ménière", "left", "right", "α-1", "type 2", "β"];
    private static readonly string[] _bodies = ["kidney", "renal", "hepatic", "heart", "lung", "cardiac", "pulmonary", "gastric", "naïve T-cell", "膵臓", "тромбоз", "😀😀"];
    private static readonly string[] _tails = ["disease", "diseases", "failure", "syndrome", "injury", "neoplasm", "carcinoma", "deficiency", "aaaa", "ababababab"];

    /// <summary>A name of words, or of few different characters, with an edit now and then.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (5, Gen.Select(Gen.OneOf(_heads), Gen.OneOf(_bodies), Gen.OneOf(_tails), Gen.Int[0, 3], (a, b, c, form) => form switch
        {
            0 => $"{a} {b} {c}",
            1 => $"{b} {c}",
            2 => $"{c}, {b}, {a}",
            _ => $"{a} {b} {c} of {b}",
        })),
        (3, Gen.Select(Gen.OneOf(_bodies), Gen.OneOf(_tails), Gen.Int[0, 12], Gen.OneOf("x", "é", "𝄞", "A"), (b, c, at, with) => Edited($"{b} {c}", at, with))),
        (2, Gen.OneOf("a", "b", "A", "é", "𝄞", " ").Array[0, 9].Select(string.Concat)),
        (1, Gen.OneOf("a", "ab", "abc").Array[5, 60].Select(string.Concat)));

    /// <summary>Many different names, the same ones every time.</summary>
    public static List<string> Many(int count)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; names.Count < count; i++)
        {
            var name = new StringBuilder();
            name.Append(_heads[i % _heads.Length]).Append(' ').Append(_bodies[i / 11 % _bodies.Length]).Append(' ').Append(_tails[i / 132 % _tails.Length]);
            if (i % 3 == 0)
                name.Append(" of ").Append(_bodies[i / 7 % _bodies.Length]);
            if (i % 5 == 0)
                name.Append(", grade ").Append((i % 97).ToString(CultureInfo.InvariantCulture));
            if (i % 4 == 1)
                name.Remove(i % (name.Length - 1), 1);
            // A name cut within an astral character is none.
            if (IsWhole(name.ToString()))
                names.Add(name.ToString());
        }

        return [.. names];
    }

    private static bool IsWhole(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);

    private static string Edited(string text, int at, string with) => string.Concat(text.EnumerateRunes().Select((r, i) => i == at ? with : r.ToString()));
}
