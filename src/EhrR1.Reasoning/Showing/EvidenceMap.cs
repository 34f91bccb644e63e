using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Finds for each thing that a chain cites or quotes where the record has it, for people to look at.</summary>
/// <remarks>What does not hold is what the grounding check says; this finds the places beside it. Not thread-safe.</remarks>
public sealed class EvidenceMap
{
    private readonly InputIndex _input;
    private readonly ParsedChain _chain;
    private readonly IReadOnlyList<GroundingFault> _faults;
    private readonly List<Evidence> _found = [];

    private EvidenceMap(string input, ParsedChain chain, IReadOnlyList<GroundingFault> faults)
    {
        _input = new InputIndex(input);
        _chain = chain;
        _faults = faults;
    }

    /// <summary>Maps a chain.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="faults">What the grounding check found.</param>
    /// <returns>In the order of the chain, none over another.</returns>
    public static IReadOnlyList<Evidence> Of(Sample sample, ParsedChain chain, IReadOnlyList<GroundingFault> faults)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(faults);
        var map = new EvidenceMap(sample.Input, chain, faults);
        foreach (var fault in faults.Where(f => f.Span.Length > 0))
            map.AddFault(fault);
        for (int i = 0; i < chain.Events.Count; i++)
            map.AddEvent(i);
        foreach (var quote in chain.Quotes.Where(q => q.Event < 0 && q.HasValue))
            map.AddNumber(quote, [.. Enumerable.Range(0, map._input.Events.Count)], "");
        return [.. map._found.OrderBy(e => e.Span.Start)];
    }

    private void AddEvent(int number)
    {
        var cited = _chain.Events[number];
        var places = InputIndex.TypeOf(cited.Name) is { } type ? PlacesOf(type, cited) : [];
        if (places.Count == 0)
            return;
        Add(cited.Span, _input.Events[places[0]].Heading);
        foreach (var quote in _chain.Quotes.Where(q => q.Event == number && !q.HasValue))
            AddText(quote.Item, places);
        var mentions = AddMentions(cited.Said, places);
        foreach (var quote in _chain.Quotes.Where(q => q.Event == number && q.HasValue))
            AddNumber(quote, places, mentions.LastOrDefault(m => m.Span.End <= quote.Number.Start).Name ?? "");
    }

    private List<int> PlacesOf(EventType type, CitedEvent cited) =>
        [.. _input.Of(type).Where(p => cited.Time is { } said ? _input.Events[p].Time is { } time && TimeMention.IsSame(said, cited.Precision, time) : _input.Events[p].Time is null)];

    private void AddText(TextSpan text, List<int> places)
    {
        var words = text.Of(_chain.Text).TrimEnd(":.,");
        foreach (int place in places)
        {
            var body = _input.Events[place].Body;
            if (NumberWords.IndexOf(body.Of(_input.Input), words) is >= 0 and var at)
            {
                Add(text, new TextSpan(body.Start + at, words.Length));
                return;
            }
        }
    }

    private List<(TextSpan Span, string Name)> AddMentions(TextSpan said, List<int> places)
    {
        var mentions = new List<(TextSpan Span, string Name)>();
        foreach (int place in places)
        {
            foreach (var name in _input.Block(place).Names.Select(n => n.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                int at = NumberWords.IndexOf(said.Of(_chain.Text), name);
                var span = new TextSpan(said.Start + at, name.Length);
                if (at < 0 || mentions.Exists(m => Overlap(m.Span, span)))
                    continue;
                mentions.Add((span, name));
                AddText(span, [place]);
            }
        }

        mentions.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return mentions;
    }

    // A number's place is the line of its item, else the first line of the event that has it.
    private void AddNumber(QuotedItem quote, List<int> places, string name)
    {
        int sign = quote.Value < 0 && quote.Number.Start > 0 && _chain.Text[quote.Number.Start - 1] == '-' ? 1 : 0;
        var span = TextSpan.Between(quote.Number.Start - sign, Math.Max(quote.Number.End, quote.Unit.End));
        TextSpan? other = null;
        foreach (int place in places)
        {
            foreach (var line in RecordLines.Of(_input.Input, _input.Events[place].Body))
            {
                var text = line.Of(_input.Input);
                if (!NumberWords.Holds(text, quote.Value))
                    continue;
                if (name.Length > 0 ? NumberWords.Holds(text, name) : !quote.IsNamed || NumberWords.Holds(text, quote.Item.Of(_chain.Text)))
                {
                    Add(span, line);
                    return;
                }

                other ??= line;
            }
        }

        if (other is { } found)
            Add(span, found);
    }

    private void AddFault(GroundingFault fault)
    {
        var (status, note) = EvidenceNotes.Of(fault.Kind);
        var cited = _chain.Events.FirstOrDefault(e => e.Span.Holds(fault.Span) || e.Said.Holds(fault.Span));
        TextSpan? where = null;
        if (fault.Kind == GroundingFaultKind.WrongTime && cited is not null && InputIndex.TypeOf(cited.Name) is { } type)
        {
            var times = _input.Of(type).Select(p => _input.Events[p]).ToList();
            where = times.Count > 0 ? times[0].Heading : null;
        }
        else if (fault.Kind is GroundingFaultKind.WrongValue or GroundingFaultKind.WrongUnit)
        {
            where = cited is null ? null : LineOfItem(cited, fault.Span);
            if (where is null)
                (status, note) = (EvidenceStatus.NotFound, "stands nowhere in what the chain cites");
        }
        else if (fault.Kind == GroundingFaultKind.ItemNotInEvent && NumberWords.IndexOf(_input.Input, fault.Span.Of(_chain.Text)) is >= 0 and var at)
        {
            where = new TextSpan(at, fault.Span.Length);
        }

        if (!_found.Exists(e => Overlap(e.Span, fault.Span)))
            _found.Add(new Evidence(fault.Span, status, where, note));
    }

    /// <summary>The line of the record with the item that a number is said of: the last one named before it.</summary>
    private TextSpan? LineOfItem(CitedEvent cited, TextSpan number)
    {
        if (InputIndex.TypeOf(cited.Name) is not { } type)
            return null;
        (int At, TextSpan? Line) best = (-1, null);
        foreach (int place in PlacesOf(type, cited))
        {
            foreach (var (name, _) in _input.Block(place).Names)
            {
                int at = LastIndexOf(TextSpan.Between(cited.Said.Start, number.Start).Of(_chain.Text), name);
                if (at > best.At)
                    best = (at, RecordLines.Of(_input.Input, _input.Events[place].Body).Select(l => (TextSpan?)l).FirstOrDefault(l => NumberWords.Holds(l!.Value.Of(_input.Input), name)));
            }
        }

        return best.Line;
    }

    private static int LastIndexOf(ReadOnlySpan<char> text, string name)
    {
        int last = -1;
        for (int from = 0; NumberWords.IndexOf(text[from..], name) is >= 0 and var at; from += at + name.Length)
            last = from + at;
        return last;
    }

    private void Add(TextSpan span, TextSpan where)
    {
        if (span.Length > 0 && !_found.Exists(e => Overlap(e.Span, span)) && !_faults.Any(f => Overlap(f.Span, span) && f.Span.Length > 0))
            _found.Add(new Evidence(span, EvidenceStatus.Found, where, ""));
    }

    private static bool Overlap(TextSpan one, TextSpan other) => one.Start < other.End && other.Start < one.End;
}
