using System.Globalization;
using System.Text;
using EhrR1.Charts;
using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning.Tests;

/// <summary>What a place of a true chain says.</summary>
internal enum PlaceKind
{
    EventName,
    Time,
    Number,
    Unit,
    Item,
    Relation,
    RelationWording,
    FinalItem,
}

/// <summary>A place of a true chain, and the event type that it is said of.</summary>
internal sealed record Place(PlaceKind Kind, TextSpan Span, string Event);

/// <summary>Writes chains that are true to a sample and its graph, in wordings that vary with a seed, and remembers what stands where.</summary>
internal sealed class TrueChain
{
    private readonly StringBuilder _text = new();
    private readonly List<Place> _places = [];
    private readonly Random _random;

    private TrueChain(int seed) => _random = new Random(seed);

    public string Text => _text.ToString();

    public IReadOnlyList<Place> Places => _places;

    public static TrueChain Write(Sample sample, ThinkingGraph graph, int seed)
    {
        var chain = new TrueChain(seed);
        chain._text.Append("## Extraction\n");
        // An event stands under the time of its first item.
        var events = sample.Items.Where(i => i.Part == SamplePart.Context && IsQuotable(i.Item.Type.Name)).GroupBy(i => (i.Item.Type, HeadingOf(sample.Input, i.Item)));
        foreach (var group in events.Where(g => g.Key.Item2 is not null && g.Any(i => IsTelling(i.Item))).Take(8))
            chain.WriteEvent(group.Key.Type, [.. group.Select(g => g.Item)], group.Key.Item2);
        chain._text.Append("\n## Reasoning\n");
        foreach (var edge in graph.Edges)
            chain.WriteEdge(graph, edge);
        chain._text.Append("\n## Final Results\n");
        foreach (var item in graph.Targets.Select(t => t.Term).Where(sample.Labels.Contains))
        {
            chain.Add(PlaceKind.FinalItem, item, "");
            chain._text.Append('\n');
        }

        return chain;
    }

    private static DateTime? HeadingOf(string input, EventItem item)
    {
        DateTime? last = null;
        var heading = $"## {item.Type.DisplayName} [";
        for (int at = input.IndexOf(heading, StringComparison.Ordinal); at >= 0; at = input.IndexOf(heading, at + 1, StringComparison.Ordinal))
        {
            if (DateTime.TryParseExact(input.AsSpan(at + heading.Length, 19), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time <= item.Time)
                last = time;
        }

        return last;
    }

    private static bool IsTelling(EventItem item) => item.Type.Name is not ("labevents" or "chartevents" or "outputevents") || (ValueOf(item) is not null && item.Text("item_name") is not null);

    private static bool IsQuotable(string type) => type is "labevents" or "medrecon" or "triage" or "prescriptions" or "chartevents" or "transfers" or "outputevents";

    private void WriteEvent(EventType type, List<EventItem> items, DateTime? time)
    {
        _text.Append("**");
        Add(PlaceKind.EventName, type.DisplayName, type.Name);
        _text.Append(" [");
        Add(PlaceKind.Time, GroundedCase.Time(time), type.Name);
        _text.Append("]**: ");
        switch (type.Name)
        {
            case "labevents" or "chartevents" or "outputevents":
                WriteValues(type, items);
                break;
            case "triage":
                WriteVitals(items[0]);
                break;
            default:
                var name = type.Fields[type.Name == "transfers" ? 1 : 0];
                var names = items.Select(i => i.Text(name) ?? i.Text(type.Fields[0])!).Distinct(StringComparer.OrdinalIgnoreCase).Take(4).ToList();
                _text.Append(Pick("", "the patient takes ", "the list names "));
                for (int i = 0; i < names.Count; i++)
                {
                    _text.Append(i == 0 ? "" : i == names.Count - 1 ? " and " : ", ");
                    Add(PlaceKind.Item, names[i], type.Name);
                }

                _text.Append(Pick(".", ", which tells of long illness.", "; these bear on the next orders."));
                break;
        }

        _text.Append('\n');
    }

    private static double? ValueOf(EventItem item) => item.Number(item.Type.Name == "outputevents" ? "value" : "valuenum");

    private void WriteValues(EventType type, List<EventItem> items)
    {
        var shown = items.Where(i => ValueOf(i) is not null && i.Text("item_name") is not null).DistinctBy(i => i.Text("item_name"), StringComparer.OrdinalIgnoreCase).ToArray();
        _random.Shuffle(shown);
        var link = Pick(" ", " was ", ": ", " of ", " at ");
        bool hasRange = type.Name == "labevents" && _random.Next(2) == 0;
        foreach (var (i, item) in shown.Take(3).Index())
        {
            _text.Append(i == 0 ? "" : "; ");
            Add(PlaceKind.Item, item.Text("item_name")!, type.Name);
            _text.Append(link);
            Add(PlaceKind.Number, NumberOf(ValueOf(item)!.Value), type.Name);
            if (item.Text("valueuom") is { Length: > 0 } unit && unit.Length < 12)
            {
                _text.Append(' ');
                Add(PlaceKind.Unit, unit, type.Name);
            }

            if (hasRange && item.Number("ref_range_lower") is { } low && item.Number("ref_range_upper") is { } high)
                _text.Append(CultureInfo.InvariantCulture, $" (reference range {NumberOf(low)} to {NumberOf(high)})");
        }

        _text.Append(Pick(".", ", which matters here.", " – worth watching over the next 24 hours."));
    }

    private void WriteVitals(EventItem item)
    {
        bool isFirst = true;
        foreach (var (field, name) in new[] { ("heartrate", Pick("heart rate", "Heartrate")), ("temperature", "temperature"), ("sbp", Pick("systolic blood pressure", "Sbp")) })
        {
            if (item.Number(field) is not { } value)
                continue;
            _text.Append(isFirst ? "" : ", ").Append(name).Append(Pick(" ", " of "));
            Add(PlaceKind.Number, NumberOf(value), "triage");
            isFirst = false;
        }

        _text.Append('.');
    }

    private void WriteEdge(ThinkingGraph graph, GraphEdge edge)
    {
        var fact = graph.Facts[edge.Fact];
        var path = edge.Paths[0];
        if (!fact.Term.Equals(path[0], StringComparison.OrdinalIgnoreCase))
            _text.Append(fact.Term).Append(" names ").Append(path[0]).Append(". ");
        for (int i = 0; i + 2 < path.Count; i += 2)
        {
            if (i == 0)
                Add(PlaceKind.Relation, path[0], "");
            else
                _text.Append(", which");
            _text.Append(' ');
            Add(PlaceKind.RelationWording, path[i + 1], "");
            _text.Append(' ');
            Add(PlaceKind.Relation, path[i + 2], "");
        }

        _text.Append(path.Count == 1 ? "" : Pick(". ", ".\n"));
        _text.Append("So ").Append(graph.Targets[edge.Target].Term).Append(" comes next.\n");
    }

    private void Add(PlaceKind kind, string text, string type)
    {
        _places.Add(new Place(kind, new TextSpan(_text.Length, text.Length), type));
        _text.Append(text);
    }

    private string Pick(params ReadOnlySpan<string> of) => of[_random.Next(of.Length)];

    private string NumberOf(double value) => _random.Next(2) == 0 ? NumberText.Of(value) : value.ToString("0.################", CultureInfo.InvariantCulture);
}
