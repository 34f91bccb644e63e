using System.Text;

namespace EhrR1.Models;

/// <summary>Text whose UTF-16 halves all have their other half, as UTF-8 needs it.</summary>
internal static class WholeCharacters
{
    /// <summary>The text with U+FFFD in place of every half that stands alone; the same string where there is none.</summary>
    public static string Of(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first < 0)
            return text;
        for (var i = first; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out _, out var length) != System.Buffers.OperationStatus.Done)
                return string.Create(text.Length, text, Repair);
            i += length;
        }

        return text;
    }

    private static void Repair(Span<char> to, string text)
    {
        for (var i = 0; i < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length);
            rune.EncodeToUtf16(to[i..]);
            i += length;
        }
    }
}
