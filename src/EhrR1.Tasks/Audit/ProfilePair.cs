using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>One patient in both profiles: charts and samples.</summary>
internal sealed class ProfilePair
{
    public ProfilePair(PatientChart chart, TaskIndexer published, TaskIndexer strict)
    {
        PublishedTimeline = new ChartTimeline(ChartRegrouping.Regroup(chart, ChartProfile.EhrBench));
        StrictTimeline = new ChartTimeline(ChartRegrouping.Regroup(chart, ChartProfile.Strict));
        var review = new ContextReview(PublishedTimeline);
        var cases = new List<SampleCase>();
        published.Visit(PublishedTimeline, (row, anchor, window) => cases.Add(new SampleCase(row, anchor, review.Holds(row, anchor, window))));
        Published = cases;
        strict.Visit(StrictTimeline, (row, _, _) => Strict[row.Id] = row);
    }

    public ChartTimeline PublishedTimeline { get; }

    public ChartTimeline StrictTimeline { get; }

    /// <summary>The published samples, in the order of the index.</summary>
    public IReadOnlyList<SampleCase> Published { get; }

    /// <summary>The strict samples by id.</summary>
    public Dictionary<string, TaskIndexRow> Strict { get; } = new(StringComparer.Ordinal);

    public PatientChart Chart => PublishedTimeline.Chart;

    public IEnumerable<SampleCase> Of(params string[] tasks) => Published.Where(c => tasks.Contains(c.Row.Task, StringComparer.Ordinal));

    public IEnumerable<SampleCase> OfKind(TaskKind kind) => Published.Where(c => c.Row.Definition.Kind == kind);

    /// <summary>Whether the strict profile has the sample with another answer.</summary>
    public bool LabelsChange(SampleCase sample) => Strict.GetValueOrDefault(sample.Row.Id) is { } row && !LeakageAudit.SameLabels(row.Labels, sample.Row.Labels);

    /// <summary>Whether the strict profile does not have the sample.</summary>
    public bool IsDropped(SampleCase sample) => !Strict.ContainsKey(sample.Row.Id);
}
