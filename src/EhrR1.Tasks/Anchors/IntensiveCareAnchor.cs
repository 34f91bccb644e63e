using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>ICU stays: asked a day after they began, over that day.</summary>
internal sealed class IntensiveCareAnchor : IRiskAnchor
{
    private static readonly EventType _icustays = EventCatalog.Get("icustays");
    private static readonly EventType _admissions = EventCatalog.Get("admissions");
    private static readonly EventField _outtime = _icustays["outtime"];

    public EventType Type => _icustays;

    public RiskCase? Open(ChartTimeline timeline, TaskAnchor anchor, ChartProfile profile)
    {
        var strict = profile == ChartProfile.Strict;
        if (FirstDay.Of(timeline, anchor, strict) is not { } window)
            return null;
        var outtime = timeline[anchor.Position][0].Moment(_outtime);
        var asked = anchor.Time + FirstDay.Length;
        var death = strict ? DeathOf(timeline, anchor.HadmId) : timeline.DateOfDeath;
        if (strict && (outtime is null || outtime <= asked || death <= asked))
            return null;
        return new RiskCase(window, asked, new RiskFacts
        {
            ToDeath = death - (strict ? asked : timeline[window.Last].Start),
            LengthOfStay = outtime - anchor.Time,
            ReturnsToIntensiveCare = timeline.FirstAfter(_icustays, anchor.Position, e => e.HadmId == anchor.HadmId) is not null,
        });
    }

    /// <summary>The recorded time of death, this stay's first, or else the end of the day of death.</summary>
    private static DateTime? DeathOf(ChartTimeline timeline, long? hadmId)
    {
        var own = timeline.AdmissionOf(hadmId);
        if (own >= 0 && HospitalStay.DeathOf(timeline[own][0]) is { } here)
            return here;
        foreach (var position in timeline.EventsOf(_admissions))
        {
            if (HospitalStay.DeathOf(timeline[position][0]) is { } elsewhere)
                return elsewhere;
        }

        return timeline.DateOfDeath?.AddDays(1);
    }
}
