using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The regular expression by which a tokenizer splits text before it merges bytes.</summary>
/// <remarks>
/// The files' expressions are Oniguruma's. Only the constructs that mean the same in .NET are let through, so a file with another one is
/// refused, not split differently. Two differences are bridged: .NET sees a character beyond U+FFFF as two halves without a category, so
/// <see cref="Fold"/> puts a short character of the same category in its place; and Oniguruma takes <c>ſ</c> for an <c>s</c> where case does
/// not count. The categories of .NET 10 (Unicode 16) are those of Oniguruma in tokenizers 0.23.2 for L, N and white space.
/// Safe for use by any number of threads.
/// </remarks>
internal sealed partial class SplitPattern
{
    /// <summary>GPT-2's expression, which a <c>ByteLevel</c> step with <c>use_regex</c> applies.</summary>
    public const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    // One character of each category, in the order of UnicodeCategory; surrogates never come here.
    private const string ShortOfCategory = "Ààǅʰª\u0300\u0903\u0488\u0660Ⅰ²\u00A0\u2028\u2029\u0080\u00AD\uFFFD\uE000\u203F\u2010\u0F3A\u0F3B«»¡¬¢¨¦\u0378";

    private readonly Regex _regex;

    private SplitPattern(Regex regex) => _regex = regex;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="EhrR1Exception">It holds a construct that is not known to mean the same in .NET.</exception>
    public static SplitPattern Parse(string pattern, string where)
    {
        if (!Known().IsMatch(pattern))
            throw Unsupported(where);
        var own = Contractions().Replace(pattern, c => "(?:" + string.Join('|', c.Groups["one"].Captures.Select(o => AnyCase(o.Value))) + ")");
        try
        {
            return new SplitPattern(new Regex(own, RegexOptions.Compiled | RegexOptions.CultureInvariant));
        }
        catch (RegexParseException e)
        {
            throw Unsupported(where, e);
        }
    }

    /// <summary>The pieces that the expression matches, over text of <see cref="Fold"/>.</summary>
    public Regex.ValueMatchEnumerator Matches(ReadOnlySpan<char> folded) => _regex.EnumerateMatches(folded);

    /// <summary>Puts one character in place of each character beyond U+FFFF.</summary>
    /// <param name="text">Text without lone halves.</param>
    /// <param name="to">As long as the text at least.</param>
    /// <returns>The length of what was written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> to)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]))
                to[length++] = ShortOf(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[++i])));
            else
                to[length++] = text[i];
        }

        return length;
    }

    /// <summary>A character below U+10000 of a category.</summary>
    internal static char ShortOf(UnicodeCategory category) => ShortOfCategory[(int)category];

    private static EhrR1Exception Unsupported(string where, Exception? inner = null) =>
        new("The tokenizer splits text by a regular expression that is not supported", where, "Let the endpoint count tokens, or use the estimate", inner);

    private static string AnyCase(string contraction)
    {
        var pattern = new StringBuilder("'");
        foreach (var letter in contraction.AsSpan(1))
            pattern.Append('[').Append(letter).Append(char.ToUpperInvariant(letter)).Append(letter == 's' ? "ſ" : "").Append(']');
        return pattern.ToString();
    }

    // Categories, \s \S \r \n \t, ASCII literals, escaped signs, classes of these, groups, (?!\S), greedy repeats without a possessive +; and contractions of any case.
    [GeneratedRegex("""
        ^(?:
            (?:
                (?: \\p\{(?:L|N|M|P|S|Lu|Ll|Lt|Lm|Lo|Mn|Mc|Me|Nd|Nl|No)\} | \\[sSrnt] | \\[.|\-()\[\]{}*+?] | [A-Za-z0-9'/"!,:;_=<>%~@\x20] | \[\^?(?: \\p\{(?:L|N|M|P|S|Lu|Ll|Lt|Lm|Lo|Mn|Mc|Me|Nd|Nl|No)\} | \\[sSrnt] | [A-Za-z0-9'/"!,:;_=<>%~@\x20] )+\] | \) )
                (?: (?:[?*+]|\{\d+(?:,\d*)?\})(?![+?*{]) )?
              | \(\?:
              | \(\?!\\S\)
              | \(\?i:(?:'(?:s|t|re|ve|m|ll|d)(?:\|(?='))?)+\)(?:\?(?![+?*]))?
              | \|
            )
        )+$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Known();

    [GeneratedRegex(@"\(\?i:(?:(?<one>'[a-z]+)\|?)+\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Contractions();
}
