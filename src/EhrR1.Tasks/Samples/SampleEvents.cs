using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Finds the events that a sample's input is made of, without making its text.</summary>
/// <remarks>Keeps the last chart that it looked up, so ask for the samples of one chart together. Not safe for several threads at once.</remarks>
/// <param name="profile">The profile of the chart and the index.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class SampleEvents(ChartProfile profile, bool hasDischargeNotes = true)
{
    private ChartTimeline? _timeline;

    /// <summary>The events in the order of the input: demographics, last discharge note, admission (each of the last two −1 where it is absent), context.</summary>
    /// <param name="chart">The patient's chart, grouped by the profile.</param>
    /// <param name="row">A row of the chart's task index, made with the same settings.</param>
    /// <exception cref="EhrR1Exception">The chart does not hold the row's anchor: chart and index do not belong together.</exception>
    public IReadOnlyList<SampleEvent> Of(PatientChart chart, TaskIndexRow row)
    {
        var timeline = TimelineOf(chart);
        var task = row.Definition;
        var events = new List<SampleEvent> { new(SamplePart.Demographics, 0) };
        if (row.Published is { } published)
        {
            AddPublished(events, timeline, row, published);
            return events;
        }

        var anchor = TaskAnchors.Find(timeline, row, hasDischargeNotes) ?? throw Mismatch(row);
        var window = WindowOf(timeline, anchor, task) ?? throw Mismatch(row);
        var front = FrontMatter.Of(timeline, anchor, row.PredictionTime, profile);
        events.Add(new(SamplePart.LastDischarge, front.NoteFor(task)));
        events.Add(new(SamplePart.Admission, front.AdmissionFor(task)));
        foreach (var position in LeftOut.Remaining(timeline, window, task, anchor.HadmId))
            events.Add(new(SamplePart.Context, position));
        return events;
    }

    private static void AddPublished(List<SampleEvent> events, ChartTimeline timeline, TaskIndexRow row, PublishedContext context)
    {
        if (context.End > timeline.Count)
            throw Mismatch(row);
        var task = row.Definition;
        events.Add(new(SamplePart.LastDischarge, context.LastDischarge ?? -1));
        events.Add(new(SamplePart.Admission, task.Name == "admissions" ? -1 : context.Admission ?? -1));
        for (var position = context.Begin; position < context.End; position++)
        {
            var type = timeline[position].Type;
            if (type.Name != "admissions" && !task.ExcludedEvents.Contains(type.Name, StringComparer.Ordinal))
                events.Add(new(SamplePart.Context, position));
        }
    }

    private ContextWindow? WindowOf(ChartTimeline timeline, TaskAnchor anchor, TaskDefinition task) => task.Kind == TaskKind.Risk
        ? TaskAnchors.RiskOf(anchor.Type)?.Open(timeline, anchor, profile)?.Window
        : LookBack.Window(timeline, anchor, profile == ChartProfile.Strict);

    private ChartTimeline TimelineOf(PatientChart chart)
    {
        if (!ReferenceEquals(_timeline?.Chart, chart))
            _timeline = new ChartTimeline(chart);
        return _timeline;
    }

    private static EhrR1Exception Mismatch(TaskIndexRow row)
        => new("The task index does not fit the charts: a sample's anchor is not in its chart", row.Id, "Make the task index again with 'ehr-r1 build'");
}
