using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Writes the index rows of one chart, anchor by anchor; what all tasks of an anchor share is worked out once.</summary>
internal sealed class RowWriter(ChartTimeline timeline, TaskIndexOptions options)
{
    private readonly string _split = options.Split.Of(timeline.Chart.SubjectId);
    private readonly bool _strict = options.Profile == ChartProfile.Strict;
    private TaskAnchor _anchor;
    private ContextWindow _window;
    private DateTime _predictionTime;
    private ulong _hash;
    private FrontMatter _front;
    private EchoFinder? _echoes;

    public ChartTimeline Timeline => timeline;

    public void MoveTo(TaskAnchor anchor, ContextWindow window, DateTime predictionTime)
    {
        _anchor = anchor;
        _window = window;
        _predictionTime = predictionTime;
        _hash = SampleId.HashOf(timeline.Chart.SubjectId, anchor, TaskAnchors.OrdinalOf(timeline, anchor));
        _front = FrontMatter.Of(timeline, anchor, predictionTime, options.Profile);
    }

    public TaskIndexRow Row(TaskDefinition task, IReadOnlyList<string> labels)
    {
        var filled = LeftOut.LeavesAny(timeline, _window, task, _anchor.HadmId);
        var admission = _front.AdmissionFor(task);
        var note = _front.NoteFor(task);
        return new TaskIndexRow
        {
            Id = SampleId.Of(task.Name, timeline.Chart.SubjectId, _hash),
            SubjectId = timeline.Chart.SubjectId,
            HadmId = _anchor.HadmId,
            Task = task.Name,
            Event = _anchor.Type.Name,
            AnchorTime = _anchor.Time,
            PredictionTime = _predictionTime,
            ContextStart = filled ? timeline[_window.First].Start : null,
            ContextEnd = filled ? timeline[_window.Last].Start : null,
            ContextEvents = filled ? _window.Count : 0,
            AdmissionTime = admission < 0 ? null : timeline[admission].Start,
            LastDischargeNote = note < 0 ? null : timeline[note].Start,
            Labels = labels,
            Split = _split,
            Echo = _strict && filled && task is { Kind: TaskKind.Decision, IsFreeText: false, TargetFields.Count: > 0 }
                && (_echoes ??= new EchoFinder(timeline)).IsEcho(_anchor, _window, labels),
            PatientEvents = timeline.Count,
        };
    }
}
