using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Finds every sample of a chart: one pass over its events, each with binary searches, whatever the chart's length.</summary>
/// <remarks>
/// Weights are 1 until <see cref="LabelCounts"/> of the whole index are known. Immutable; safe for use by any number of threads.
/// Source of the rules: the EHR-R1 paper (arXiv 2510.25628) and its release, with the corrections of docs/tasks.md.
/// </remarks>
public sealed class TaskIndexer
{
    private readonly TaskIndexOptions _options;
    private readonly TaskDefinition[][] _decisions;
    private readonly TaskDefinition[][] _risks;

    /// <summary>Makes an indexer.</summary>
    /// <exception cref="EhrR1Exception">The options name an unknown task.</exception>
    public TaskIndexer(TaskIndexOptions options)
    {
        _options = options;
        var chosen = options.Tasks is { } names ? names.Select(TaskCatalog.Get).ToHashSet() : [.. TaskCatalog.Tasks];
        _decisions = ByAnchor(chosen, TaskKind.Decision);
        _risks = ByAnchor(chosen, TaskKind.Risk);
    }

    /// <summary>The options in use.</summary>
    public TaskIndexOptions Options => _options;

    /// <summary>All samples of a chart, by anchor in chart order, at one anchor in the catalogue's order.</summary>
    /// <param name="chart">The chart, grouped by the profile of the options.</param>
    public IReadOnlyList<TaskIndexRow> Index(PatientChart chart)
    {
        var rows = new List<TaskIndexRow>(chart.Events.Count * 2);
        Visit(new ChartTimeline(chart), (row, _, _) => rows.Add(row));
        return rows;
    }

    /// <summary>Hands out each row together with its anchor and its window.</summary>
    internal void Visit(ChartTimeline timeline, Action<TaskIndexRow, TaskAnchor, ContextWindow> found)
    {
        var writer = new RowWriter(timeline, _options);
        var discharges = _options.HasDischargeNotes ? [] : TaskAnchors.Discharges(timeline).ToArray();
        var next = 0;
        for (var i = 1; i <= timeline.Count; i++)
        {
            for (; next < discharges.Length && discharges[next].Position == i; next++)
                AddRisks(writer, found, discharges[next]);
            if (i == timeline.Count)
                break;
            if (TaskAnchor.At(timeline, i) is not { } anchor)
                continue;
            AddDecisions(writer, found, anchor);
            if (_options.HasDischargeNotes || timeline[i].Type.Name != "discharge")
                AddRisks(writer, found, anchor);
        }
    }

    private void AddDecisions(RowWriter writer, Action<TaskIndexRow, TaskAnchor, ContextWindow> found, TaskAnchor anchor)
    {
        var tasks = _decisions[anchor.Type.Rank];
        if (tasks.Length == 0 || LookBack.Window(writer.Timeline, anchor, _options.Profile == ChartProfile.Strict) is not { } window)
            return;
        writer.MoveTo(anchor, window, anchor.Time);
        foreach (var task in tasks)
        {
            var labels = LabelReader.LabelsOf(writer.Timeline[anchor.Position], task);
            if (labels.Count > 0 && (task.AnchorEvent is not null || writer.Timeline[anchor.Position].Start is not null))
                found(writer.Row(task, labels), anchor, window);
        }
    }

    private void AddRisks(RowWriter writer, Action<TaskIndexRow, TaskAnchor, ContextWindow> found, TaskAnchor anchor)
    {
        var tasks = _risks[anchor.Type.Rank];
        if (tasks.Length == 0 || TaskAnchors.RiskOf(anchor.Type)?.Open(writer.Timeline, anchor, _options.Profile) is not { } opened)
            return;
        writer.MoveTo(anchor, opened.Window, opened.PredictionTime);
        foreach (var task in tasks)
        {
            if (task.Question!(opened.Facts) is { } happened)
                found(writer.Row(task, TaskTarget.Of(happened)), anchor, opened.Window);
        }
    }

    private static TaskDefinition[][] ByAnchor(HashSet<TaskDefinition> chosen, TaskKind kind)
        => [.. EventCatalog.Types.Select(type => TaskCatalog.Tasks.Where(t => t.Kind == kind && chosen.Contains(t) && t.IsAnchoredAt(type)).ToArray())];
}
