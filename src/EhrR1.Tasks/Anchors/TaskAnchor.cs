using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>What a sample is anchored at: an event of the chart, or the end of a stay that has no discharge note.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Position">The event's position; for a moment without an event, the position that its event would have.</param>
/// <param name="Time">The anchor's start.</param>
/// <param name="HadmId">The hospital stay, or <see langword="null"/>.</param>
/// <param name="StayId">The ED or ICU stay, or <see langword="null"/>.</param>
/// <param name="IsEvent">Whether an event of the chart stands behind it.</param>
internal readonly record struct TaskAnchor(EventType Type, int Position, DateTime Time, long? HadmId, long? StayId, bool IsEvent)
{
    /// <summary>The event at a position as an anchor, or <see langword="null"/> where no time is known up to there.</summary>
    public static TaskAnchor? At(ChartTimeline timeline, int position) => timeline.TimeOf(position) is { } time && timeline[position] is var e
        ? new(e.Type, e.Position, time, e.HadmId, e.StayId, IsEvent: true)
        : null;
}
