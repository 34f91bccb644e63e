using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Tells whether another event type named a label within the hour before the anchor, as an order names the drug that is then prescribed.</summary>
internal static class EchoFinder
{
    private static readonly TimeSpan _reach = TimeSpan.FromHours(1);
    private static readonly EventField[][] _naming = [.. EventCatalog.Types.Select(NamingFields)];

    /// <summary>Whether an item of another event type in the window, known by the anchor's start and less than an hour old, has a label as one of its names.</summary>
    public static bool IsEcho(ChartTimeline timeline, TaskAnchor anchor, ContextWindow window, IReadOnlyList<string> labels)
    {
        HashSet<string>? names = null;
        var recent = timeline.FirstAtOrAfter((anchor.Time - _reach).Ticks + 1);
        if (recent > window.Last)
            return false;
        foreach (var position in window.From(timeline, recent).Positions(timeline))
        {
            var e = timeline[position];
            var fields = _naming[e.Type.Rank];
            if (fields.Length == 0 || e.Type == anchor.Type || timeline.IsCodedAfter(position, anchor.HadmId))
                continue;
            names ??= new HashSet<string>(labels, StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < e.Count; i++)
            {
                if (!(e[i].VisibleFrom > anchor.Time) && Names(e[i], fields, names))
                    return true;
            }
        }

        return false;
    }

    private static bool Names(EventItem item, EventField[] fields, HashSet<string> names)
    {
        foreach (var field in fields)
        {
            if (item.Text(field) is not { } text)
                continue;
            if (field.Kind == FieldKind.Labels ? JsonSerializer.Deserialize<string[]>(text)!.Any(names.Contains) : names.Contains(text.Trim()))
                return true;
        }

        return false;
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
