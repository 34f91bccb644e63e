using System.Globalization;
using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>Finds the events of a sample's input by name and time; an event's items are read when it is first asked for.</summary>
/// <remarks>Made once a sample and used for all its chains. Safe for any number of threads.</remarks>
internal sealed class InputIndex
{
    private const int LongestHeading = 120;
    private static readonly Dictionary<string, EventType>.AlternateLookup<ReadOnlySpan<char>> _byTitle = EventCatalog.Types.ToDictionary(t => t.DisplayName, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Dictionary<ulong, EventType> _byWords = WordsOfTypes();

    private readonly List<InputEvent> _events = [];
    private readonly Dictionary<int, List<int>> _byType = [];
    private readonly InputBlock?[] _blocks;

    public InputIndex(string input)
    {
        Input = input;
        const string mark = "\n## ";
        int start = input.StartsWith("## ", StringComparison.Ordinal) ? 0 : Next(0);
        while (start >= 0)
        {
            int next = Next(start + 3);
            if (Read(start) is var (type, time, lineEnd))
            {
                int end = next;
                // A heading inside a note ends no event.
                while (end >= 0 && Read(end) is null)
                    end = Next(end + 3);
                next = end;
                var body = TextSpan.Trimmed(input, lineEnd, end < 0 ? input.Length : end);
                (CollectionsMarshal.GetValueRefOrAddDefault(_byType, type.Rank, out _) ??= []).Add(_events.Count);
                _events.Add(new InputEvent(type, time, TextSpan.Between(start, lineEnd), body));
            }

            start = next;
        }

        _blocks = new InputBlock?[_events.Count];

        int Next(int from)
        {
            int found = input.AsSpan(from).IndexOf(mark);
            return found < 0 ? -1 : from + found + 1;
        }
    }

    public string Input { get; }

    public IReadOnlyList<InputEvent> Events => _events;

    /// <summary>The event type that a chain means by a name, or <see langword="null"/>.</summary>
    public static EventType? TypeOf(string name) => _byWords.GetValueOrDefault(ChainWord.PhraseHash(name));

    /// <summary>The places of the events of a type.</summary>
    public IReadOnlyList<int> Of(EventType type) => _byType.TryGetValue(type.Rank, out var events) ? events : [];

    /// <summary>The items of an event.</summary>
    public InputBlock Block(int place) => Volatile.Read(ref _blocks[place]) ?? (_blocks[place] = new InputBlock(Input, _events[place]));

    /// <summary>The text of an event, its heading left out.</summary>
    public ReadOnlySpan<char> TextOf(int place) => _events[place].Body.Of(Input);

    /// <summary>Whether two names stand on one line of the input, as a drug and its class do.</summary>
    public bool OnOneLine(string one, string other)
    {
        for (int from = 0; from < Input.Length;)
        {
            int found = NumberWords.IndexOf(Input.AsSpan(from), one);
            if (found < 0)
                return false;
            int at = from + found;
            int start = Input.LastIndexOf('\n', at) + 1, end = Input.IndexOf('\n', at);
            if (NumberWords.Holds(Input.AsSpan(start, (end < 0 ? Input.Length : end) - start), other))
                return true;
            from = at + one.Length;
        }

        return false;
    }

    private (EventType Type, DateTime? Time, int LineEnd)? Read(int start)
    {
        int length = Input.AsSpan(start, Math.Min(LongestHeading, Input.Length - start)).IndexOf('\n');
        int end = length < 0 ? Math.Min(Input.Length, start + LongestHeading) : start + length;
        var line = Input.AsSpan(start + 3, end - start - 3);
        int open = line.LastIndexOf(" [");
        if (open < 0 || line[^1] != ']' || !_byTitle.TryGetValue(line[..open], out var type))
            return null;
        var text = line[(open + 2)..^1];
        if (text is "None")
            return (type, null, end);
        return DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (type, time, end) : null;
    }

    private static Dictionary<ulong, EventType> WordsOfTypes()
    {
        var types = new Dictionary<ulong, EventType>();
        foreach (var type in EventCatalog.Types.Where(t => t.IsShown))
        {
            types.TryAdd(ChainWord.PhraseHash(type.DisplayName), type);
            types.TryAdd(ChainWord.PhraseHash(type.Name), type);
        }

        foreach (var (alias, title) in ChainRules.BuiltIn.EventAliases)
        {
            if (_byTitle.TryGetValue(title, out var type))
                types.TryAdd(ChainWord.PhraseHash(alias), type);
        }

        return types;
    }
}
