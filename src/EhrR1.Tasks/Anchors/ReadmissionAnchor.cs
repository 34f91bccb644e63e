using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Discharges: asked when the stay ends, over its last day and the discharge note, where there are notes.</summary>
internal sealed class ReadmissionAnchor : IRiskAnchor
{
    private static readonly EventType _admissions = EventCatalog.Get("admissions");
    private static readonly TimeSpan _lastDay = TimeSpan.FromHours(24);

    public EventType Type { get; } = EventCatalog.Get("discharge");

    public RiskCase? Open(ChartTimeline timeline, TaskAnchor anchor, ChartProfile profile)
    {
        var own = timeline.AdmissionOf(anchor.HadmId);
        var discharge = own < 0 ? null : HospitalStay.DischargeOf(timeline[own][0]);
        return profile == ChartProfile.Strict
            ? Strict(timeline, anchor, own, discharge)
            : Published(timeline, anchor, discharge ?? anchor.Time);
    }

    private static RiskCase? Published(ChartTimeline timeline, TaskAnchor anchor, DateTime discharge)
    {
        if (LookBack.Window(timeline, anchor, stayOnly: false) is not { } before)
            return null;
        var window = ContextWindow.Everything(before.First, anchor.IsEvent ? anchor.Position : LastOf(timeline, before, anchor.HadmId));
        var next = timeline.FirstAfter(_admissions, anchor.IsEvent ? anchor.Position : anchor.Position - 1);
        return new RiskCase(window, discharge, new RiskFacts { ToReadmission = next?.Start - anchor.Time });
    }

    private RiskCase? Strict(ChartTimeline timeline, TaskAnchor anchor, int own, DateTime? discharge)
    {
        if (discharge is not { } asked || HospitalStay.EndedInDeath(timeline[own][0]))
            return null;
        var next = FirstAdmissionFrom(timeline, own, asked);
        if (next?.Date == asked.Date)
            return null;

        // The note is dated 00:00 of the last day; the last day itself counts back from the discharge.
        var moment = AtDischarge(timeline, asked, anchor.HadmId);
        var before = LookBack.Window(timeline, moment, stayOnly: true, except: anchor.IsEvent ? anchor.Position : -1);
        if (before is not { } found)
            return null;
        var last = LastOf(timeline, found, anchor.HadmId);
        var window = ContextWindow.OfStay(timeline, timeline.StayFor(anchor.HadmId, null), found.First, last, anchor.IsEvent ? anchor.Position : -1);
        return new RiskCase(window, asked, new RiskFacts { ToReadmission = next - asked });
    }

    /// <summary>The end of a stay as an anchor without an event, in the place where its discharge note would stand.</summary>
    public TaskAnchor AtDischarge(ChartTimeline timeline, DateTime discharge, long? hadmId)
    {
        var position = timeline.FirstAtOrAfter(discharge.Ticks);
        while (position < timeline.Count && timeline.StartOf(position) == discharge.Ticks && timeline[position].Type.Rank < Type.Rank)
            position++;
        return new TaskAnchor(Type, position, discharge, hadmId, null, IsEvent: false);
    }

    private static int LastOf(ChartTimeline timeline, ContextWindow window, long? hadmId)
    {
        var last = window.Last;
        while (last > window.First && !timeline.MayEndContext(last, hadmId))
            last--;
        return last;
    }

    private static DateTime? FirstAdmissionFrom(ChartTimeline timeline, int own, DateTime discharge)
    {
        foreach (var position in timeline.EventsOf(_admissions))
        {
            if (position != own && timeline[position].HadmId != timeline[own].HadmId && timeline[position].Start >= discharge)
                return timeline[position].Start;
        }

        return null;
    }
}
