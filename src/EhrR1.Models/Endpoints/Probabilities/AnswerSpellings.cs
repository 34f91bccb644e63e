namespace EhrR1.Models;

/// <summary>Which tokens mean an answer: every spelling of it, with whatever space before it.</summary>
internal static class AnswerSpellings
{
    // Space, line break and tab as vocabularies write them: SentencePiece's lower block, byte-level BPE's shifted bytes.
    private static readonly string[] _space = [" ", "\n", "\t", "\r", "\u2581", "\u0120", "\u010A", "\u0109", "\u010D", "<0x0A>", "<0x20>"];

    /// <summary>Whether answers can be told apart by one token each: single short words, none the beginning of another.</summary>
    public static bool AreSingleWords(IReadOnlyList<string> answers)
        => answers.Count > 0 && answers.All(a => a.Length is > 0 and <= 12 && a.All(char.IsAsciiLetter)) && answers.Distinct(StringComparer.OrdinalIgnoreCase).Count() == answers.Count;

    /// <summary>Whether a token spells an answer.</summary>
    public static bool Spells(string token, string answer)
        => token.Length <= 40 && TrimEnd(TrimStart(token)).Equals(answer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The usual spellings of an answer: lower case, capitalised, upper case and as it is given, each bare and with a space or a line break before it.</summary>
    public static IReadOnlyList<string> Of(string answer)
    {
        var words = Words(answer);
        return [.. words, .. words.Select(w => " " + w), .. words.Take(2).Select(w => "\n" + w)];
    }

    /// <summary>The usual spellings without anything before them.</summary>
    public static IReadOnlyList<string> Words(string answer)
        => [.. new[] { answer, answer.ToLowerInvariant(), char.ToUpperInvariant(answer[0]) + answer[1..], answer.ToUpperInvariant() }.Distinct(StringComparer.Ordinal)];

    /// <summary>Adds probabilities that are given by their logarithms.</summary>
    public static double LogSum(IEnumerable<double> logs)
    {
        var all = logs as IReadOnlyCollection<double> ?? [.. logs];
        if (all.Count == 0)
            return double.NegativeInfinity;
        var most = all.Max();
        return double.IsNegativeInfinity(most) ? most : Math.Min(0, most + Math.Log(all.Sum(l => Math.Exp(l - most))));
    }

    private static string TrimStart(string token)
    {
        while (Array.Find(_space, s => token.StartsWith(s, StringComparison.Ordinal)) is { } space)
            token = token[space.Length..];
        return token;
    }

    private static string TrimEnd(string token)
    {
        while (Array.Find(_space, s => token.EndsWith(s, StringComparison.Ordinal)) is { } space)
            token = token[..^space.Length];
        return token;
    }
}
