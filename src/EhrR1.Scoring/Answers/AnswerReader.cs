using System.Text.RegularExpressions;

namespace EhrR1.Scoring;

/// <summary>Reads what a model answered out of what it wrote.</summary>
/// <remarks>
/// <para>The answer is what follows the last <c>&lt;/think&gt;</c>; a text that opens <c>&lt;think&gt;</c> and never closes
/// it was cut off while thinking and holds no answer.</para>
/// <para>One item a line; the two characters <c>\n</c> (backslash, n) also separate, since models trained on escaped
/// text write them. Items are trimmed and lower-cased (invariant culture) and compared as exact strings in a set.
/// Empty lines do not count (the released EHR-R1 scorer counts them as wrong items).</para>
/// <para>Stateless: safe to call from any thread.</para>
/// </remarks>
public static partial class AnswerReader
{
    private const string ThinkingOpens = "<think>";
    private const string ThinkingCloses = "</think>";

    /// <summary>Returns the part of <paramref name="output"/> that is the answer, untrimmed.</summary>
    /// <param name="output">All that the model wrote.</param>
    /// <returns>What follows the last <c>&lt;/think&gt;</c>; the whole text if there is no thinking; empty if thinking
    /// was opened and never closed.</returns>
    public static ReadOnlySpan<char> AfterThinking(ReadOnlySpan<char> output)
    {
        int closed = output.LastIndexOf(ThinkingCloses, StringComparison.Ordinal);
        if (closed >= 0) return output[(closed + ThinkingCloses.Length)..];
        return output.TrimStart().StartsWith(ThinkingOpens, StringComparison.Ordinal) ? [] : output;
    }

    /// <summary>Reads the set of items that <paramref name="output"/> answers.</summary>
    /// <param name="output">All that the model wrote, thinking included.</param>
    /// <returns>The distinct items, trimmed and lower-cased; empty if nothing was answered.</returns>
    public static IReadOnlySet<string> ReadItems(ReadOnlySpan<char> output)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        string answer = AfterThinking(output).ToString().Replace("\\n", "\n", StringComparison.Ordinal);
        foreach (ReadOnlySpan<char> line in answer.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> item = line.Trim();
            if (!item.IsEmpty) items.Add(Normalize(item));
        }

        return items;
    }

    /// <summary>Brings a list of label items into the form in which answers are compared.</summary>
    /// <param name="labels">A sample's true items, one item an element.</param>
    /// <returns>The distinct items, trimmed and lower-cased, without empty ones.</returns>
    /// <remarks>A label that itself holds a line break is split as an answer is: no answer could name it otherwise.</remarks>
    public static IReadOnlySet<string> NormalizeLabels(IEnumerable<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return ReadItems(string.Join('\n', labels));
    }

    /// <summary>Reads yes or no out of <paramref name="output"/>.</summary>
    /// <param name="output">All that the model wrote, thinking included.</param>
    /// <returns>The word that stands first in the answer, whatever its case and surroundings; <see langword="null"/> if
    /// neither stands there as a word.</returns>
    /// <remarks>Both words in one answer ("yes or no") are read as the first; a single token is what is asked for.</remarks>
    public static bool? ReadYesNo(ReadOnlySpan<char> output)
    {
        ReadOnlySpan<char> answer = AfterThinking(output);
        foreach (ValueMatch match in YesOrNo().EnumerateMatches(answer))
            return match.Length == 3;
        return null;
    }

    private static string Normalize(ReadOnlySpan<char> item) => item.ToString().ToLowerInvariant();

    [GeneratedRegex(@"(?<![\p{L}\p{N}_])(yes|no)(?![\p{L}\p{N}_])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex YesOrNo();
}
