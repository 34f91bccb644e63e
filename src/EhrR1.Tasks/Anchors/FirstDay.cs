namespace EhrR1.Tasks;

/// <summary>The context of tasks that are asked a day after a stay began: the stay's events of its first 24 hours.</summary>
internal static class FirstDay
{
    /// <summary>How long the first day lasts.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(24);

    /// <summary>The window, or <see langword="null"/> where nothing happened after the anchor; it ends at the last event that may end a context.</summary>
    public static ContextWindow? Of(ChartTimeline timeline, TaskAnchor anchor, bool stayOnly)
    {
        var stay = timeline.StayOf(anchor.Position);
        var positions = timeline.EventsOf(stay);
        var own = ChartTimeline.LowerBound(positions, anchor.Position);
        var last = ChartTimeline.LowerBound(positions, timeline.FirstAtOrAfter((anchor.Time + Length).Ticks)) - 1;
        if (last <= own)
            return null;
        while (last > own && !timeline.MayEndContext(positions[last], anchor.HadmId))
            last--;
        return stayOnly
            ? ContextWindow.OfStay(timeline, stay, anchor.Position, positions[last])
            : ContextWindow.Everything(anchor.Position, positions[last]);
    }
}
