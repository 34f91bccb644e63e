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
        var events = sample.Items.Where(i => i.Part == SamplePart.Context && IsQuotable(i.Item.Type.Name)).GroupBy(i => (i.Item.Type, i.Item.Table.TimeOf(i.Item.Row)));
        foreach (var group in events.Take(8))
            chain.WriteEvent(group.Key.Type, [.. group.Select(g => g.Item)], group.Min(g => g.Item.Time));
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

    private static bool IsQuotable(string type) => type is "labevents" or "medrecon" or "triage" or "prescriptions" or "chartevents";

    private void WriteEvent(EventType type, List<EventItem> items, DateTime? time)
    {
        _text.Append("**");
        Add(PlaceKind.EventName, type.DisplayName, type.Name);
        _text.Append(" [");
        Add(PlaceKind.Time, GroundedCase.Time(time), type.Name);
        _text.Append("]**: ");
        switch (type.Name)
        {
            case "labevents" or "chartevents":
                WriteValues(type, items);
                break;
            case "triage":
                WriteVitals(items[0]);
                break;
            default:
                var name = type.Fields[0];
                var names = items.Select(i => i.Text(name)!).Distinct(StringComparer.OrdinalIgnoreCase).Take(4).ToList();
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

    private void WriteValues(EventType type, List<EventItem> items)
    {
        var shown = items.Where(i => i.Number("valuenum") is not null && i.Text("item_name") is not null).DistinctBy(i => i.Text("item_name"), StringComparer.OrdinalIgnoreCase).ToArray();
        _random.Shuffle(shown);
        var link = Pick(" ", " was ", ": ", " of ", " at ");
        bool hasRange = type.Name == "labevents" && _random.Next(2) == 0;
        foreach (var (i, item) in shown.Take(3).Index())
        {
            _text.Append(i == 0 ? "" : "; ");
            Add(PlaceKind.Item, item.Text("item_name")!, type.Name);
            _text.Append(link);
            Add(PlaceKind.Number, NumberOf(item.Number("valuenum")!.Value), type.Name);
            if (item.Text("valueuom") is { Length: > 0 } unit && unit.All(char.IsLetter) == unit.All(char.IsLetter))
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
