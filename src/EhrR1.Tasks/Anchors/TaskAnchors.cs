using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>All risk anchors by event type, and how an anchor of a chart is found again.</summary>
internal static class TaskAnchors
{
    private static readonly ReadmissionAnchor _readmission = new();
    private static readonly IRiskAnchor?[] _byRank = ByRank(new EmergencyAnchor(), new AdmissionAnchor(), new IntensiveCareAnchor(), _readmission);
    private static readonly EventType _admissions = EventCatalog.Get("admissions");

    /// <summary>The risk rules of an event type, or <see langword="null"/>.</summary>
    public static IRiskAnchor? RiskOf(EventType type) => _byRank[type.Rank];

    /// <summary>The ends of stays as anchors of the readmission tasks, for sources without discharge notes; in chart order.</summary>
    public static IEnumerable<TaskAnchor> Discharges(ChartTimeline timeline)
    {
        var anchors = new List<TaskAnchor>();
        foreach (var position in timeline.EventsOf(_admissions))
        {
            var stay = timeline[position];
            if (timeline.AdmissionOf(stay.HadmId) == position && HospitalStay.DischargeOf(stay[0]) is { } discharge)
                anchors.Add(_readmission.AtDischarge(timeline, discharge, stay.HadmId));
        }

        return anchors.OrderBy(a => a.Position).ThenBy(a => a.Time);
    }

    /// <summary>When the question of a published sample is asked: as the strict profile defines it, but for stays that have ended by then.</summary>
    public static DateTime PredictionTimeOf(ChartTimeline timeline, TaskAnchor anchor, TaskDefinition task) => (task.Kind, task.AnchorEvent) switch
    {
        (TaskKind.Decision, _) => anchor.Time,
        (_, "edstays") => timeline[anchor.Position][0].Moment("outtime") ?? anchor.Time,
        (_, "discharge") => timeline.AdmissionOf(anchor.HadmId) is >= 0 and var own && HospitalStay.DischargeOf(timeline[own][0]) is { } discharge ? discharge : anchor.Time,
        _ => anchor.Time + FirstDay.Length,
    };

    /// <summary>How many events before the anchor's have the same type, start and stay: what tells such anchors apart.</summary>
    public static int OrdinalOf(ChartTimeline timeline, TaskAnchor anchor)
    {
        if (!anchor.IsEvent)
            return 0;
        var ordinal = 0;
        for (var i = anchor.Position - 1; i > 0 && timeline.StartOf(i) == anchor.Time.Ticks; i--)
        {
            var e = timeline[i];
            if (e.Type == anchor.Type && e.HadmId == anchor.HadmId && e.StayId == anchor.StayId)
                ordinal++;
        }

        return ordinal;
    }

    /// <summary>The anchor of an index row in its chart, or <see langword="null"/> if the chart does not hold it.</summary>
    public static TaskAnchor? Find(ChartTimeline timeline, TaskIndexRow row, bool hasDischargeNotes)
    {
        for (var i = Math.Max(1, timeline.FirstAtOrAfter(row.AnchorTime.Ticks)); i < timeline.Count && timeline.StartOf(i) == row.AnchorTime.Ticks; i++)
        {
            if (timeline[i].Type.Name == row.Event && timeline[i].HadmId == row.HadmId && TaskAnchor.At(timeline, i) is { } anchor && IsOf(anchor))
                return anchor;
        }

        return !hasDischargeNotes && row.Event == _readmission.Type.Name ? Discharges(timeline).Cast<TaskAnchor?>().FirstOrDefault(a => IsOf(a!.Value)) : null;

        bool IsOf(TaskAnchor anchor) => SampleId.Of(row.Task, timeline.Chart.SubjectId, anchor, OrdinalOf(timeline, anchor)) == row.Id;
    }

    private static IRiskAnchor?[] ByRank(params ReadOnlySpan<IRiskAnchor> anchors)
    {
        var byRank = new IRiskAnchor?[EventCatalog.Types.Count];
        foreach (var anchor in anchors)
            byRank[anchor.Type.Rank] = anchor;
        return byRank;
    }
}
