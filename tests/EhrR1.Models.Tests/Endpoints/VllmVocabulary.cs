using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>The vocabulary of a fake server: words with the space before them, some spellings of the answers as one token, others not.</summary>
internal static partial class VllmVocabulary
{
    private static readonly ConcurrentDictionary<string, int> _words = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, string> _texts = new();

    /// <summary>The spellings that are single tokens.</summary>
    public static IReadOnlyDictionary<string, int> Single { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["yes"] = 11, ["Yes"] = 12, [" yes"] = 13, ["YES"] = 14, ["no"] = 21, ["No"] = 22, [" no"] = 23,
    };

    public static IReadOnlyList<int> Tokenize(string text) => [.. Split(text).Select(NumberOf)];

    public static List<string> Split(string text)
        => Single.ContainsKey(text) ? [text] : [.. Word().Matches(text).Select(m => m.Value).SelectMany(w => IsAnswer(w) && !Single.ContainsKey(w) ? new[] { w[..1], w[1..] } : [w])];

    public static string TextOf(int number) => Single.FirstOrDefault(s => s.Value == number).Key ?? _texts[number];

    private static bool IsAnswer(string word) => word.Trim().ToUpperInvariant() is "YES" or "NO";

    private static int NumberOf(string word)
    {
        if (Single.TryGetValue(word, out var number))
            return number;
        number = _words.GetOrAdd(word, _ => 1000 + _words.Count);
        _texts[number] = word;
        return number;
    }

    [GeneratedRegex(@"\s?[^\s]+|\s+", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
