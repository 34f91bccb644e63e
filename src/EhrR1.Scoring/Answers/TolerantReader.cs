namespace EhrR1.Scoring;

/// <summary>Reads the items of an answer however it is dressed, and says how it was dressed.</summary>
/// <remarks>
/// <para>In this order: thinking and special tokens are taken off; a code fence's content is the answer; what follows the last "The
/// answer is" is; JSON lists and objects give their texts; bullets, numbers, quotes and bold type are taken off where more than half of
/// the lines wear them; a line is split at commas where more than half of the pieces are known items.</para>
/// <para>A line that is a label of another sample of the task stays as it stands, whatever it looks like. The sample's own labels are no
/// part of what is known, so no reading is chosen because it scores. An answer of bare items, one a line, reads as
/// <see cref="AnswerReader.ReadItems"/> does; where that and this differ, the format is not clean.</para>
/// <para>Stateless: safe to call from any thread.</para>
/// </remarks>
public static class TolerantReader
{
    private static readonly HashSet<string> _none = new(StringComparer.Ordinal);

    /// <summary>Reads an answer.</summary>
    /// <param name="output">All that the model wrote, thinking included.</param>
    /// <param name="vocabulary">The labels of the task's samples; <see langword="null"/> where they are not known: no line is split at commas then.</param>
    /// <param name="own">The labels of the sample itself, which are taken out of the vocabulary; <see langword="null"/> where it is not in it.</param>
    /// <returns>The items and the format.</returns>
    public static AnswerReading Read(string output, AnswerVocabulary? vocabulary = null, IReadOnlySet<string>? own = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        own ??= _none;
        bool Known(string item) => vocabulary is not null && vocabulary.Knows(item.ToLowerInvariant(), own);
        AnswerFormat format = AnswerFormat.Clean;
        string answer = ThinkingBlocks.Strip(output, ref format);
        List<string> lines = LinesOf(answer);
        if (AnswerPreface.IsRefusal(lines, Known)) return new(_none, format | AnswerFormat.Refused);
        if (InsideFences(lines)) format |= AnswerFormat.Fenced;
        if (AnswerPreface.Drop(lines, Known)) format |= AnswerFormat.Prefaced;
        // The first line holds an escaped line break as it came: JSON knows what it means.
        if (lines is [['[' or '{', ..], ..] && !(lines.Count == 1 && Known(lines[0]))
            && (JsonItems.Read(string.Join('\n', lines)) ?? JsonItems.Read(answer)) is { } texts)
        {
            lines = [.. texts.SelectMany(LinesOf)];
            format |= AnswerFormat.Json;
        }
        else if (lines.Count > 0)
        {
            format |= ListMarks.Strip(lines, Known);
        }

        return Collect(lines, format, Known);
    }

    private static AnswerReading Collect(List<string> lines, AnswerFormat format, Func<string, bool> known)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            List<string>? several = known(line) ? null : CommaList.Split(line, known);
            if (several is not null) format |= AnswerFormat.CommaSeparated;
            foreach (string item in several ?? [line])
            {
                if (!items.Add(item.ToLowerInvariant())) format |= AnswerFormat.Repeated;
            }
        }

        if (items.Count == 0) format |= AnswerFormat.Empty;
        return new(items, format);
    }

    private static List<string> LinesOf(string text)
    {
        var lines = new List<string>();
        foreach (ReadOnlySpan<char> line in text.Replace("\\n", "\n", StringComparison.Ordinal).AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> item = line.Trim();
            if (!item.IsEmpty) lines.Add(item.ToString());
        }

        return lines;
    }

    // What stands in the fences, of all of them; a fence that is not closed holds all that follows.
    private static bool InsideFences(List<string> lines)
    {
        if (!lines.Exists(l => l.StartsWith("```", StringComparison.Ordinal))) return false;
        var inside = new List<string>();
        bool open = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) open = !open;
            else if (open) inside.Add(line);
        }

        lines.Clear();
        lines.AddRange(inside);
        return true;
    }
}
