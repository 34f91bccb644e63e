using System.Text;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Makes samples out of a chart and rows of its task index: the text that a model reads, and the candidates.</summary>
/// <remarks>
/// Keeps the last chart that it looked up, so ask for the samples of one chart together. Not safe for several threads at once.
/// </remarks>
/// <param name="profile">The profile of the chart and the index.</param>
/// <param name="candidates">The candidate answers; <see langword="null"/> makes samples of decision tasks without any.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class SampleBuilder(ChartProfile profile, CandidateMaker? candidates = null, bool hasDischargeNotes = true)
{
    private const string Gap = "\n\n";

    private readonly ChartMarkdown _markdown = new(profile);
    private readonly StringBuilder _text = new(1 << 16);
    private ChartTimeline? _timeline;

    /// <summary>Makes one sample.</summary>
    /// <param name="chart">The patient's chart, grouped by the profile.</param>
    /// <param name="row">A row of the chart's task index, made with the same settings.</param>
    /// <exception cref="EhrR1Exception">The chart does not hold the row's anchor: chart and index do not belong together.</exception>
    public Sample Build(PatientChart chart, TaskIndexRow row)
    {
        if (!ReferenceEquals(_timeline?.Chart, chart))
            _timeline = new ChartTimeline(chart);
        var timeline = _timeline;
        var task = row.Definition;
        if (row.Published is { } published)
            return BuildPublished(timeline, row, published);
        var anchor = TaskAnchors.Find(timeline, row, hasDischargeNotes) ?? throw Mismatch(row);
        var window = WindowOf(timeline, anchor, task) ?? throw Mismatch(row);
        var front = FrontMatter.Of(timeline, anchor, row.PredictionTime, profile);
        var items = new List<SampleItem>();
        _text.Clear();
        AppendPart(SamplePart.Demographics, 0, row.AnchorTime, items);
        AppendFront(SamplePart.LastDischarge, front.NoteFor(task), row.PredictionTime, items);
        AppendFront(SamplePart.Admission, front.AdmissionFor(task), row.PredictionTime, items);
        foreach (var position in LeftOut.Remaining(timeline, window, task, anchor.HadmId))
            AppendPart(SamplePart.Context, position, row.PredictionTime, items);
        return SampleOf(row, items);
    }

    private Sample BuildPublished(ChartTimeline timeline, TaskIndexRow row, PublishedContext context)
    {
        if (context.End > timeline.Count)
            throw Mismatch(row);
        var task = row.Definition;
        var items = new List<SampleItem>();
        _text.Clear();
        AppendPart(SamplePart.Demographics, 0, row.AnchorTime, items);
        AppendFront(SamplePart.LastDischarge, context.LastDischarge ?? -1, row.PredictionTime, items);
        AppendFront(SamplePart.Admission, task.Name == "admissions" ? -1 : context.Admission ?? -1, row.PredictionTime, items);
        for (var position = context.Begin; position < context.End; position++)
        {
            var type = timeline[position].Type;
            if (type.Name == "admissions" || task.ExcludedEvents.Contains(type.Name, StringComparer.Ordinal))
                continue;
            if (type.IsShown)
                AppendPart(SamplePart.Context, position, row.PredictionTime, items);
            else
                _text.Append(Gap);
        }

        return SampleOf(row, items);
    }

    private Sample SampleOf(TaskIndexRow row, List<SampleItem> items)
        => new() { Row = row, Profile = profile, Input = _text.ToString(), Candidates = candidates?.For(row) ?? CandidateMaker.WithoutVocabulary(row.Definition), Items = items };

    private ContextWindow? WindowOf(ChartTimeline timeline, TaskAnchor anchor, TaskDefinition task) => task.Kind == TaskKind.Risk
        ? TaskAnchors.RiskOf(anchor.Type)?.Open(timeline, anchor, profile)?.Window
        : LookBack.Window(timeline, anchor, profile == ChartProfile.Strict);

    // As published, what is absent leaves its empty place, so that blank lines add up; the strict profile leaves no gaps.
    private void AppendFront(SamplePart part, int position, DateTime moment, List<SampleItem> items)
    {
        if (position >= 0)
            AppendPart(part, position, moment, items);
        else if (profile == ChartProfile.EhrBench)
            _text.Append(Gap);
    }

    private void AppendPart(SamplePart part, int position, DateTime moment, List<SampleItem> items)
    {
        var e = _timeline![position];
        var length = _text.Length;
        if (length > 0)
            _text.Append(Gap);
        if (!_markdown.Append(_text, e, moment))
        {
            _text.Length = length;
            return;
        }

        for (var i = 0; i < e.Count; i++)
        {
            if (profile == ChartProfile.EhrBench || !(e[i].VisibleFrom > moment))
                items.Add(new SampleItem(part, e[i]));
        }
    }

    private static EhrR1Exception Mismatch(TaskIndexRow row)
        => new("The task index does not fit the charts: a sample's anchor is not in its chart", row.Id, "Make the task index again with 'ehr-r1 build'");
}
