namespace EhrR1.Models;

/// <summary>The letters that byte-level vocabularies write for the 256 bytes.</summary>
/// <remarks>
/// GPT-2's table: printable bytes of Latin-1 stand for themselves, the other 68 for U+0100 and on, in order. Stateless.
/// </remarks>
internal static class ByteAlphabet
{
    private static readonly char[] _letters = MakeLetters();
    private static readonly Dictionary<char, byte> _bytes = Enumerable.Range(0, 256).ToDictionary(b => _letters[b], b => (byte)b);

    /// <summary>The letter of a byte.</summary>
    public static char LetterOf(byte value) => _letters[value];

    /// <summary>The bytes that a token of a vocabulary stands for; <see langword="null"/> where a character of it is no letter of the alphabet.</summary>
    public static byte[]? BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!_bytes.TryGetValue(token[i], out bytes[i]))
                return null;
        }

        return bytes;
    }

    private static char[] MakeLetters()
    {
        var letters = new char[256];
        var next = '\u0100';
        for (var b = 0; b < 256; b++)
            letters[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)b : next++;
        return letters;
    }
}
