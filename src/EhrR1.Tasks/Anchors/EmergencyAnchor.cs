using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>ED visits: asked when the visit ends, over what happened during it.</summary>
internal sealed class EmergencyAnchor : IRiskAnchor
{
    private static readonly EventType _admissions = EventCatalog.Get("admissions");
    private static readonly EventType _icustays = EventCatalog.Get("icustays");
    private static readonly EventType _edstays = EventCatalog.Get("edstays");
    private static readonly EventField _outtime = _edstays["outtime"];
    private static readonly EventField _disposition = _edstays["disposition"];

    public EventType Type => _edstays;

    public RiskCase? Open(ChartTimeline timeline, TaskAnchor anchor, ChartProfile profile)
    {
        var visit = timeline[anchor.Position];
        if (visit[0].Moment(_outtime) is not { } outtime)
            return null;
        var window = profile == ChartProfile.Strict ? StrictWindow(timeline, visit, outtime) : PublishedWindow(timeline, visit, outtime);
        return window is { } found ? new RiskCase(found, outtime, FactsOf(timeline, visit, outtime, profile)) : null;
    }

    private static ContextWindow? PublishedWindow(ChartTimeline timeline, ClinicalEvent visit, DateTime outtime)
    {
        var last = timeline.FirstAtOrAfter(outtime.Ticks) - 1;
        if (last <= visit.Position)
            return null;
        while (last > visit.Position && !timeline.MayEndContext(last, visit.HadmId))
            last--;
        return ContextWindow.Everything(visit.Position, last);
    }

    // Strict: the ED's own records alone. Anything filed under the coming admission would give the answer away.
    private static ContextWindow? StrictWindow(ChartTimeline timeline, ClinicalEvent visit, DateTime outtime)
    {
        if (visit.StayId is not { } stay)
            return null;
        var last = timeline.FirstAtOrAfter(outtime.Ticks) - 1;
        while (last > visit.Position && !ContextWindow.IsOfEmergencyStay(timeline[last], stay))
            last--;
        return last <= visit.Position ? null : ContextWindow.OfEmergencyStay(timeline, stay, visit.Position, last);
    }

    private static RiskFacts FactsOf(ChartTimeline timeline, ClinicalEvent visit, DateTime outtime, ChartProfile profile)
    {
        var hadm = visit.HadmId;
        var intensiveCare = hadm is null ? null : timeline.FirstAfter(_icustays, visit.Position, e => e.HadmId == hadm);
        var nextVisit = timeline.FirstAfter(_edstays, visit.Position);
        var strict = profile == ChartProfile.Strict;
        return new RiskFacts
        {
            Hospitalized = hadm is not null && (strict || timeline.FirstAfter(_admissions, visit.Position, e => e.HadmId == hadm) is not null),
            DiedInHospital = strict ? DiedByRecord(timeline, visit) : DiedByDate(timeline, hadm),
            ToIntensiveCare = intensiveCare?.Start - outtime,
            ToNextEmergencyVisit = nextVisit?.Start - outtime,
        };
    }

    private static bool DiedByRecord(ChartTimeline timeline, ClinicalEvent visit)
    {
        var admission = timeline.AdmissionOf(visit.HadmId);
        return visit[0].Text(_disposition) == "EXPIRED" || (admission >= 0 && HospitalStay.EndedInDeath(timeline[admission][0]));
    }

    private static bool DiedByDate(ChartTimeline timeline, long? hadm)
    {
        if (timeline.DateOfDeath is not { } death || hadm is null)
            return false;
        var stay = timeline.EventsOf(timeline.StayFor(hadm, null));
        for (var i = stay.Count - 1; i >= 0; i--)
        {
            if (!timeline.IsCodedAfter(stay[i], hadm))
                return death <= timeline[stay[i]].Start;
        }

        return false;
    }
}
