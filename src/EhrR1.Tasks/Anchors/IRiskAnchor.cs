using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The rules of the risk tasks of one anchor event type, in both profiles.</summary>
internal interface IRiskAnchor
{
    /// <summary>The event type whose events are anchors.</summary>
    EventType Type { get; }

    /// <summary>Opens the case of one anchor, or returns <see langword="null"/> where there is no sample.</summary>
    RiskCase? Open(ChartTimeline timeline, TaskAnchor anchor, ChartProfile profile);
}
