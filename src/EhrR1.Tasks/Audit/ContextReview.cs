using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Looks through windows of one chart for what the departures are about; what an item hides is worked out once an event.</summary>
internal sealed class ContextReview
{
    private readonly ChartTimeline _timeline;
    private readonly long[] _known;
    private readonly long[] _finished;
    private readonly bool[] _hasStatus;
    private readonly ContextHolds[] _kind;
    private readonly bool[] _isOfAdmission;

    public ContextReview(ChartTimeline timeline)
    {
        _timeline = timeline;
        _known = new long[timeline.Count];
        _finished = new long[timeline.Count];
        _hasStatus = new bool[timeline.Count];
        _kind = new ContextHolds[timeline.Count];
        _isOfAdmission = new bool[timeline.Count];
        for (var i = 1; i < timeline.Count; i++)
        {
            _kind[i] = KindOf(timeline[i].Type);
            _isOfAdmission[i] = IsOfAdmission(timeline[i]);
            foreach (var item in timeline[i])
                Add(i, item);
        }
    }

    public ContextHolds Holds(TaskIndexRow row, TaskAnchor anchor, ContextWindow window)
    {
        var found = ContextHolds.Nothing;
        var task = row.Definition;
        var asked = row.PredictionTime.Ticks;
        var stay = _timeline.StayFor(anchor.HadmId, anchor.StayId);
        foreach (var i in window.Positions(_timeline))
        {
            var e = _timeline[i];
            if (!e.Type.IsShown)
                found |= ContextHolds.NeverShownType;
            if (_timeline.IsCodedAfter(i, anchor.HadmId))
                found |= ContextHolds.OwnCodes;
            if (LeftOut.Contains(_timeline, i, task, anchor.HadmId))
                continue;
            if (_known[i] > asked)
                found |= _kind[i];
            if (_finished[i] > asked)
                found |= ContextHolds.UnfinishedTotal;
            if (_hasStatus[i])
                found |= ContextHolds.FinalStatus;
            if (_timeline.StayOf(i) != stay)
                found |= ContextHolds.OtherStay;
            if (e.Type.Module != EventModule.Ed)
                found |= ContextHolds.OutsideEmergency;
            if (_isOfAdmission[i])
                found |= ContextHolds.ComingAdmission;
        }

        return found;
    }

    private void Add(int position, EventItem item)
    {
        if (item.VisibleFrom is { } known)
            _known[position] = Math.Max(_known[position], known.Ticks);
        foreach (var field in item.Type.Fields)
        {
            if (field.Visibility == FieldVisibility.WithItem || item.IsMissing(field))
                continue;
            if (field.Visibility == FieldVisibility.Never)
                _hasStatus[position] = true;
            else if (item.Moment("endtime") is { } end)
                _finished[position] = Math.Max(_finished[position], end.Ticks);
        }
    }

    // The ED itself is filed as a transfer too; only one to a ward tells.
    private static bool IsOfAdmission(ClinicalEvent e) => e.Type.Name switch
    {
        "services" or "poe" or "icustays" => true,
        "transfers" => e.Any(item => item.Text("eventtype") != "ED"),
        _ => false,
    };

    private static ContextHolds KindOf(EventType type) => type.Name switch
    {
        "labevents" => ContextHolds.LaterLaboratory,
        "microbiologyevents" => ContextHolds.LaterMicrobiology,
        "radiology" => ContextHolds.LaterRadiology,
        "discharge" => ContextHolds.LaterDischargeNote,
        "procedures_icd" => ContextHolds.LaterProcedure,
        _ => ContextHolds.LaterOther,
    };
}
