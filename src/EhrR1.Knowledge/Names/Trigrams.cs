using System.Numerics;
using System.Text;

namespace EhrR1.Knowledge;

/// <summary>The trigrams of a text as SimString takes them: windows of three code points, no marks at the ends.</summary>
/// <remarks>
/// A text of fewer than three code points is padded to three with U+0001. A trigram that comes k times counts as k different
/// ones, numbered 1 to k, so that a text of n code points has max(1, n − 2) of them. This is what <c>simstring -u -n 3</c>
/// does (ngram.h of SimString 1.0); there a code point is a <c>wchar_t</c>, which holds a whole one where it has 32 bits.
/// </remarks>
internal static class Trigrams
{
    /// <summary>The most code points that a name or a query may have.</summary>
    public const int MostCodePoints = 60_000;

    /// <summary>How many bits of a trigram's number a code point takes.</summary>
    public const int CodePointBits = 21;

    /// <summary>The bits of a trigram's number.</summary>
    public const ulong Mask = (1UL << (3 * CodePointBits)) - 1;

    private const ulong Padding = 1;

    /// <summary>How many trigrams a text of so many code points has.</summary>
    public static int Count(int codePoints) => Math.Max(1, codePoints - 2);

    /// <summary>Reads the trigrams in the order of the text, each as one number.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="grams">Room for as many as the text has bytes, and at least one.</param>
    /// <returns>How many there are.</returns>
    public static int Read(ReadOnlySpan<byte> utf8, Span<ulong> grams)
    {
        ulong window = 0;
        int seen = 0, count = 0;
        while (utf8.Length > 0)
        {
            uint point = utf8[0];
            int bytes = 1;
            if (point >= 0x80)
            {
                Rune.DecodeFromUtf8(utf8, out var rune, out bytes);
                point = (uint)rune.Value;
            }

            utf8 = utf8[bytes..];
            window = (window << CodePointBits | point) & Mask;
            if (++seen >= 3)
                grams[count++] = window;
        }

        if (count > 0)
            return count;
        for (; seen < 3; seen++)
            window = window << CodePointBits | Padding;
        grams[0] = window;
        return 1;
    }

    /// <summary>A number without pattern for a trigram and which of its repetitions it is.</summary>
    public static ulong Hash(ulong gram, int occurrence)
    {
        ulong hash = (gram + ((ulong)(uint)occurrence << 63) + (ulong)(uint)occurrence) * 0x9E37_79B9_7F4A_7C15;
        hash = (hash ^ hash >> 32) * 0xD6E8_FEB8_6659_FD93;
        return hash ^ hash >> 29 ^ BitOperations.RotateLeft(hash, 17);
    }
}
