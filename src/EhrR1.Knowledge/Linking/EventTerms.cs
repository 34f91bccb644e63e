using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>STUB until the link branch lands.</summary>
public static class EventTerms
{
    /// <summary>Stub.</summary>
    public static TermKind KindOf(EventType type, EventField field) => TermKind.Observation;
    /// <summary>Stub.</summary>
    public static IEnumerable<ChartTerm> Of(EventItem item)
    {
        foreach (var task in TaskCatalog.Tasks)
        {
            if (task.AnchorEvent != item.Type.Name || task.Kind != TaskKind.Decision || task.IsFreeText)
                continue;
            foreach (var field in task.TargetFields)
                if (item.Text(field) is { } t && t.Trim().Length > 0) { yield return new(TermKind.Observation, t.Trim(), []); break; }
        }
    }
}
