using System.Runtime.InteropServices;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Where in a chart which name was given: names by position, ignoring case, made in one pass.</summary>
internal sealed class NameIndex
{
    private static readonly EventField[][] _naming = [.. EventCatalog.Types.Select(NamingFields)];

    private readonly Dictionary<string, List<(int Position, DateTime VisibleFrom)>> _places = new(StringComparer.OrdinalIgnoreCase);

    public NameIndex(PatientChart chart)
    {
        foreach (var e in chart.Events)
        {
            var fields = _naming[e.Type.Rank];
            for (var i = 0; i < e.Count && fields.Length > 0; i++)
                Add(e.Position, e[i], fields);
        }
    }

    /// <summary>Where a name was given: ascending positions, each with the moment from which it could be read there.</summary>
    public IReadOnlyList<(int Position, DateTime VisibleFrom)> PlacesOf(string name)
        => (IReadOnlyList<(int, DateTime)>?)_places.GetValueOrDefault(name) ?? [];

    private void Add(int position, EventItem item, EventField[] fields)
    {
        foreach (var field in fields)
        {
            if (item.Text(field) is not { } text)
                continue;
            foreach (var name in field.Kind == FieldKind.Labels ? JsonSerializer.Deserialize<string[]>(text)! : [text])
                Add(name.Trim(), position, item.VisibleFrom ?? DateTime.MinValue);
        }
    }

    private void Add(string name, int position, DateTime visibleFrom)
    {
        if (name.Length == 0)
            return;
        var places = CollectionsMarshal.GetValueRefOrAddDefault(_places, name, out _) ??= [];
        if (places.Count == 0 || places[^1].Position != position)
            places.Add((position, visibleFrom));
        else if (visibleFrom < places[^1].VisibleFrom)
            places[^1] = (position, visibleFrom);
    }

    /// <summary>The fields that name what an item is: those that tasks ask for, and the drug of a pharmacy row.</summary>
    private static EventField[] NamingFields(EventType type)
    {
        if (type.Name == "pharmacy")
            return [type["medication"]];
        return
        [
            .. TaskCatalog.Tasks
                .Where(t => t.Kind == TaskKind.Decision && !t.IsFreeText && t.AnchorEvent == type.Name)
                .SelectMany(t => t.TargetFields)
                .Distinct()
                .Select(f => type[f]),
        ];
    }
}
