using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Admissions: asked a day after admission, over that day.</summary>
internal sealed class AdmissionAnchor : IRiskAnchor
{
    public EventType Type { get; } = EventCatalog.Get("admissions");

    public RiskCase? Open(ChartTimeline timeline, TaskAnchor anchor, ChartProfile profile)
    {
        var admission = timeline[anchor.Position][0];
        var strict = profile == ChartProfile.Strict;
        if (HospitalStay.DischargeOf(admission) is not { } discharge || FirstDay.Of(timeline, anchor, strict) is not { } window)
            return null;
        var asked = anchor.Time + FirstDay.Length;
        if (strict && (discharge <= asked || HospitalStay.DeathOf(admission) <= asked))
            return null;

        // Published: the length of stay is asked only where the context does not already hold the stay's end.
        var open = strict || (window.Last > anchor.Position && timeline[window.Last].Start < discharge);
        return new RiskCase(window, asked, new RiskFacts
        {
            DiedInHospital = strict ? HospitalStay.EndedInDeath(admission) : timeline.DateOfDeath <= discharge,
            LengthOfStay = open ? discharge - anchor.Time : null,
        });
    }
}
