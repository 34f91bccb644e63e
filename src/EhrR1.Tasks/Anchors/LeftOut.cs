using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Which events of a window a sample's context leaves out.</summary>
internal static class LeftOut
{
    private static readonly EventType _admissions = EventCatalog.Get("admissions");

    /// <summary>Whether the event at a position is left out for a task whose anchor is of a hospital stay.</summary>
    public static bool Contains(ChartTimeline timeline, int position, TaskDefinition task, long? hadmId)
    {
        var type = timeline[position].Type;
        if (type == _admissions || !type.IsShown || timeline.IsCodedAfter(position, hadmId))
            return true;
        for (var i = 0; i < task.ExcludedEvents.Count; i++)
        {
            if (task.ExcludedEvents[i] == type.Name)
                return true;
        }

        return false;
    }

    /// <summary>The positions of a window's events that are not left out, ascending.</summary>
    public static IEnumerable<int> Remaining(ChartTimeline timeline, ContextWindow window, TaskDefinition task, long? hadmId)
        => window.Positions(timeline).Where(position => !Contains(timeline, position, task, hadmId));

    /// <summary>Whether anything of a window remains; nearly always the first event or two tell.</summary>
    public static bool LeavesAny(ChartTimeline timeline, ContextWindow window, TaskDefinition task, long? hadmId)
    {
        if (!Contains(timeline, window.First, task, hadmId) || !Contains(timeline, window.Last, task, hadmId))
            return true;
        foreach (var position in window.Positions(timeline))
        {
            if (!Contains(timeline, position, task, hadmId))
                return true;
        }

        return false;
    }
}
