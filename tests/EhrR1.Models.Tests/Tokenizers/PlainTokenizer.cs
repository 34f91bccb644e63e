using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EhrR1.Models.Tests;

/// <summary>The plain twin of <see cref="ByteLevelTokenizer"/>: Qwen's expression and the merges, written down as they read.</summary>
/// <remarks>Takes whole characters in normal form C; lists of code points, no regular expression, no cache, quadratic merging.</remarks>
internal sealed class PlainTokenizer
{
    private static readonly int[][] _contractions = [.. new[] { "s", "t", "re", "ve", "m", "ll", "d" }.Select(c => c.Select(l => (int)l).ToArray())];

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<(string, string), int> _ranks = [];
    private readonly string[] _letters = new string[256];

    public PlainTokenizer(JsonElement tokenizer)
    {
        var model = tokenizer.GetProperty("model");
        _vocabulary = model.GetProperty("vocab").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetInt32(), StringComparer.Ordinal);
        foreach (var merge in model.GetProperty("merges").EnumerateArray())
            _ranks.Add((merge[0].GetString()!, merge[1].GetString()!), _ranks.Count);
        var next = 256;
        for (var b = 0; b < 256; b++)
            _letters[b] = ((char)(b is >= 33 and <= 126 or >= 161 and <= 172 or >= 174 ? b : next++)).ToString();
    }

    public int[] Encode(string text)
    {
        var points = text.EnumerateRunes().ToArray();
        var ids = new List<int>();
        for (var start = 0; start < points.Length;)
        {
            var length = PieceLength(points.AsSpan(start));
            Merge(points.AsSpan(start, length), ids);
            start += length;
        }

        return [.. ids];
    }

    // (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
    private static int PieceLength(ReadOnlySpan<Rune> at)
    {
        foreach (var contraction in _contractions)
        {
            if (at[0].Value == '\'' && at.Length > contraction.Length && IsSame(at[1..], contraction))
                return 1 + contraction.Length;
        }

        var lead = !IsLetter(at[0]) && !IsNumber(at[0]) && !IsLineEnd(at[0]) ? 1 : 0;
        var letters = While(at[lead..], IsLetter);
        if (letters > 0)
            return lead + letters;
        if (IsNumber(at[0]))
            return 1;
        var blank = at[0].Value == ' ' ? 1 : 0;
        var other = While(at[blank..], r => !Rune.IsWhiteSpace(r) && !IsLetter(r) && !IsNumber(r));
        if (other > 0)
            return blank + other + While(at[(blank + other)..], IsLineEnd);
        var white = While(at, Rune.IsWhiteSpace);
        for (var end = white; end > 0; end--)
        {
            if (IsLineEnd(at[end - 1]))
                return end;
        }

        // \s+(?!\S): the last blank before a word goes with the word, unless it is the only one.
        return white < at.Length && white > 1 ? white - 1 : white;
    }

    private static bool IsSame(ReadOnlySpan<Rune> at, int[] letters)
    {
        for (var i = 0; i < letters.Length; i++)
        {
            if (at[i].Value != letters[i] && at[i].Value != letters[i] - 32 && !(letters[i] == 's' && at[i].Value == 0x17F))
                return false;
        }

        return true;
    }

    private static bool IsLetter(Rune r) => Rune.IsLetter(r);

    private static bool IsNumber(Rune r) => Rune.GetUnicodeCategory(r) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsLineEnd(Rune r) => r.Value is '\r' or '\n';

    private static int While(ReadOnlySpan<Rune> at, Func<Rune, bool> holds)
    {
        var n = 0;
        while (n < at.Length && holds(at[n]))
            n++;
        return n;
    }

    private void Merge(ReadOnlySpan<Rune> piece, List<int> ids)
    {
        var parts = new List<string>();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in piece)
        {
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                parts.Add(_letters[b]);
        }

        while (true)
        {
            int best = int.MaxValue, where = -1;
            for (var i = 0; i + 1 < parts.Count; i++)
            {
                if (_ranks.TryGetValue((parts[i], parts[i + 1]), out var rank) && rank < best)
                    (best, where) = (rank, i);
            }

            if (where < 0)
                break;
            parts[where] += parts[where + 1];
            parts.RemoveAt(where + 1);
        }

        ids.AddRange(parts.Select(p => _vocabulary[p]));
    }
}
