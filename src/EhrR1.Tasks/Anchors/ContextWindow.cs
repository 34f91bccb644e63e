using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The events that a sample's context is cut from, before anything is left out.</summary>
/// <remarks>
/// As published, everything from the first to the last position; in the strict profile the events of one stay alone,
/// those of ED tasks of the ED stay alone.
/// </remarks>
internal readonly record struct ContextWindow
{
    private readonly int _from;
    private readonly int _to;
    private readonly int _stay;
    private readonly long? _emergencyStay;

    private ContextWindow(int from, int to, int count, int stay = -1, int anchor = -1, long? emergencyStay = null)
    {
        _from = from;
        _to = to;
        _stay = stay;
        _emergencyStay = emergencyStay;
        Count = count;
        First = anchor >= 0 ? Math.Min(from, anchor) : from;
        Last = Math.Max(to, anchor);
    }

    /// <summary>The position of the first event.</summary>
    public int First { get; }

    /// <summary>The position of the last event.</summary>
    public int Last { get; }

    /// <summary>How many events there are, those to be left out included.</summary>
    public int Count { get; }

    /// <summary>Everything between two positions.</summary>
    public static ContextWindow Everything(int first, int last) => new(first, last, last - first + 1);

    /// <summary>The events of one stay between two positions, and an anchor that may stand outside of them.</summary>
    public static ContextWindow OfStay(ChartTimeline timeline, int stay, int first, int last, int anchor = -1)
    {
        var positions = timeline.EventsOf(stay);
        var count = ChartTimeline.LowerBound(positions, last + 1) - ChartTimeline.LowerBound(positions, first);
        var standsApart = anchor >= 0 && (anchor < first || anchor > last);
        return new ContextWindow(first, last, count + (standsApart ? 1 : 0), stay, anchor);
    }

    /// <summary>The ED records of one ED stay between two positions.</summary>
    public static ContextWindow OfEmergencyStay(ChartTimeline timeline, long emergencyStay, int first, int last)
    {
        var count = 0;
        for (var i = first; i <= last; i++)
            count += IsOfEmergencyStay(timeline[i], emergencyStay) ? 1 : 0;
        return new ContextWindow(first, last, count, emergencyStay: emergencyStay);
    }

    /// <summary>Whether an event is an ED record of an ED stay.</summary>
    public static bool IsOfEmergencyStay(ClinicalEvent e, long emergencyStay) => e.Type.Module == EventModule.Ed && e.StayId == emergencyStay;

    /// <summary>The positions of the events, ascending.</summary>
    public IEnumerable<int> Positions(ChartTimeline timeline)
    {
        if (First < _from)
            yield return First;
        if (_stay >= 0)
        {
            var positions = timeline.EventsOf(_stay);
            for (var i = ChartTimeline.LowerBound(positions, _from); i < positions.Count && positions[i] <= _to; i++)
                yield return positions[i];
        }
        else
        {
            for (var i = _from; i <= _to; i++)
            {
                if (_emergencyStay is not { } stay || IsOfEmergencyStay(timeline[i], stay))
                    yield return i;
            }
        }

        if (Last > _to)
            yield return Last;
    }
}
