namespace EhrR1.Tasks;

/// <summary>The context of tasks that look back: the stay's events that started less than 24 hours before the anchor.</summary>
internal static class LookBack
{
    private static readonly TimeSpan _reach = TimeSpan.FromHours(24);

    /// <summary>The window before an anchor, or <see langword="null"/> where no event lies in it.</summary>
    /// <param name="timeline">The chart.</param>
    /// <param name="anchor">The anchor; events before its position count.</param>
    /// <param name="stayOnly">Whether other stays' events in between are passed over.</param>
    /// <param name="except">The position of an event that does not count, or −1.</param>
    public static ContextWindow? Window(ChartTimeline timeline, TaskAnchor anchor, bool stayOnly, int except = -1)
    {
        var stay = anchor.IsEvent ? timeline.StayOf(anchor.Position) : timeline.StayFor(anchor.HadmId, anchor.StayId);
        var positions = timeline.EventsOf(stay);
        var earliest = timeline.FirstAtOrAfter((anchor.Time - _reach).Ticks + 1);
        var first = ChartTimeline.LowerBound(positions, earliest);
        var end = ChartTimeline.LowerBound(positions, anchor.Position);
        if (first < end && positions[first] == except)
            first++;
        if (first < end && positions[end - 1] == except)
            end--;
        if (first >= end)
            return null;
        return stayOnly
            ? ContextWindow.OfStay(timeline, stay, positions[first], positions[end - 1])
            : ContextWindow.Everything(positions[first], anchor.Position - 1);
    }
}
