using EhrR1.Reasoning;
using EhrR1.Scoring;

namespace EhrR1.Training;

/// <summary>The form that the published reward asks of a completion.</summary>
/// <remarks>
/// A decision: both think tags, the headings of the template between them, no line of the answer twice. A risk that is answered at once: nothing between
/// the tags, and behind them one line, yes or no. Source: the EHR-R1 paper (arXiv 2510.25628). Tags stand once each and the first one in front, so that
/// evaluation finds the same answer. Stateless; safe for any number of threads.
/// </remarks>
public static class PublishedFormat
{
    internal const string Opens = "<think>";
    internal const string Closes = "</think>";

    /// <summary>Whether a completion has the form.</summary>
    /// <param name="completion">All that was written.</param>
    /// <param name="template">The template whose headings the thinking has, each at a line of its own; <see langword="null"/> for an empty thinking.</param>
    /// <param name="isRisk">Whether the answer is yes or no.</param>
    public static bool IsMet(ReadOnlySpan<char> completion, ChainTemplate? template, bool isRisk)
    {
        if (!TryThinking(completion, out var thinking, out var answer) || answer.Contains(Opens, StringComparison.Ordinal))
            return false;
        if (thinking.Contains(Opens, StringComparison.Ordinal) || thinking.Contains(Closes, StringComparison.Ordinal))
            return false;
        if (template is null ? !thinking.IsWhiteSpace() : !HasHeadings(thinking, template))
            return false;
        return isRisk ? IsYesOrNo(answer) : !Repeats(answer);
    }

    /// <summary>The thinking and the answer: what stands between the first opening tag and the last closing one, and what follows it, as evaluation reads it.</summary>
    internal static bool TryThinking(ReadOnlySpan<char> completion, out ReadOnlySpan<char> thinking, out ReadOnlySpan<char> answer)
    {
        thinking = answer = [];
        var text = completion.TrimStart();
        if (!text.StartsWith(Opens, StringComparison.Ordinal))
            return false;
        text = text[Opens.Length..];
        int closed = text.LastIndexOf(Closes, StringComparison.Ordinal);
        if (closed < 0)
            return false;
        thinking = text[..closed];
        answer = AnswerReader.AfterThinking(completion);
        return true;
    }

    private static bool HasHeadings(ReadOnlySpan<char> thinking, ChainTemplate template)
    {
        foreach (var section in template.Sections)
        {
            if (section.IsWording ? !thinking.Contains(section.Title, StringComparison.OrdinalIgnoreCase) : !HasHeading(thinking, section.Title))
                return false;
        }

        return true;
    }

    private static bool HasHeading(ReadOnlySpan<char> thinking, string title)
    {
        foreach (var line in thinking.EnumerateLines())
        {
            var text = line.Trim();
            if (text.StartsWith('#') && text.TrimStart('#').Trim().SequenceEqual(title))
                return true;
        }

        return false;
    }

    private static bool IsYesOrNo(ReadOnlySpan<char> answer)
    {
        var line = answer.Trim();
        return line.Equals("yes", StringComparison.OrdinalIgnoreCase) || line.Equals("no", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a line stands twice, as <see cref="AnswerReader.ReadItems"/> compares lines.</summary>
    private static bool Repeats(ReadOnlySpan<char> answer)
    {
        int lines = 0;
        var text = answer.ToString().Replace("\\n", "\n", StringComparison.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
                lines++;
        }

        // What follows the last closing tag holds no tag, so that it is read as it stands.
        return lines > 1 && AnswerReader.ReadItems(text).Count < lines;
    }
}
