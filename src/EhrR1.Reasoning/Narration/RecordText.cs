using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Finds events in a sample's input by type and time, as the input has them.</summary>
/// <remarks>Reads no more of the text than it must: a heading is found by its words, and its event read up to the next one. Not thread-safe.</remarks>
internal sealed class RecordText(string input)
{
    private const string Mark = "\n## ";
    private const int LongestHeading = 120;
    private static readonly Dictionary<string, EventType>.AlternateLookup<ReadOnlySpan<char>> _types = EventCatalog.Types.ToDictionary(t => t.DisplayName, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly List<RecordEvent> _found = [];

    /// <summary>The event of a type and time that holds a term, or <see langword="null"/> where the input has none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="time">The time of the event's heading.</param>
    /// <param name="term">The term.</param>
    /// <param name="isNote">As in <see cref="RecordEvent.Spelling"/>.</param>
    public RecordEvent? Find(EventType type, DateTime? time, string term, bool isNote = false)
    {
        var stamp = time is { } t ? t.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "None";
        var heading = $"## {type.DisplayName} [{stamp}]\n";
        // Two stays may each have an event of one type at one time.
        for (int at = Next(heading, 0); at >= 0; at = Next(heading, at + heading.Length))
        {
            var found = _found.Find(e => e.Start == at);
            if (found is null)
                _found.Add(found = Read(type, stamp, at, at + heading.Length));
            if (found.Spelling(term, isNote) is not null)
                return found;
        }

        return null;
    }

    private RecordEvent Read(EventType type, string stamp, int start, int body)
    {
        int end = body - 1;
        do
        {
            int next = input.AsSpan(end + 1).IndexOf(Mark);
            end = next < 0 ? input.Length : end + 1 + next;
        }
        while (end < input.Length && !IsHeading(end + 1));
        return new RecordEvent(type, stamp, start, input[Math.Min(body, end)..end].TrimEnd());
    }

    /// <summary>Whether a line that looks like a heading is one: notes have such lines of their own.</summary>
    private bool IsHeading(int start)
    {
        var line = input.AsSpan(start, Math.Min(LongestHeading, input.Length - start));
        int end = line.IndexOf('\n');
        line = end < 0 ? line : line[..end];
        int open = line.LastIndexOf(" [");
        return open > 3 && line[^1] == ']' && _types.ContainsKey(line[3..open]);
    }

    private int Next(string heading, int from)
    {
        while (from < input.Length)
        {
            int at = input.AsSpan(from).IndexOf(heading);
            if (at < 0)
                return -1;
            at += from;
            if (at == 0 || input[at - 1] == '\n')
                return at;
            from = at + heading.Length;
        }

        return -1;
    }
}
