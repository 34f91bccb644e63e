using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Makes index rows of the samples that the paper's release names itself, so that their inputs and answers are exactly the published ones.</summary>
internal static class PublishedRows
{
    /// <summary>The row of a sample.</summary>
    /// <param name="timeline">The patient's chart.</param>
    /// <param name="sample">The sample.</param>
    /// <exception cref="EhrR1Exception">The sample does not fit the chart, or its task is unknown.</exception>
    public static TaskIndexRow Of(ChartTimeline timeline, PublishedSample sample)
    {
        if (!TaskCatalog.TryGet(sample.Task, out var task))
            throw Unfit(sample, $"The release's index names a task '{sample.Task}' that this program does not know");
        var context = sample.Context;
        var position = context.AnchorFor(task!);
        if (position < 1 || position >= timeline.Count || timeline[position].Type.Name != sample.Event || !task!.IsAnchoredAt(timeline[position].Type))
            throw Unfit(sample, $"The release's index has a sample of '{sample.Task}' whose anchor, event {position}, is no '{sample.Event}' of the chart");
        if (TaskAnchor.At(timeline, position) is not { } anchor)
            throw Unfit(sample, $"The release's index has a sample of '{sample.Task}' before the chart's first time");
        var labels = TaskTarget.Parse(sample.Target);
        if (labels.Count == 0 || (task.Kind == TaskKind.Risk && labels is not ["yes"] and not ["no"]))
            throw Unfit(sample, $"The release's index has a sample of '{sample.Task}' with no answer that fits it");
        return new TaskIndexRow
        {
            Id = IdOf(sample),
            SubjectId = sample.SubjectId,
            HadmId = sample.HadmId,
            Task = task.Name,
            Event = sample.Event,
            AnchorTime = anchor.Time,
            PredictionTime = TaskAnchors.PredictionTimeOf(timeline, anchor, task),
            ContextStart = context.Begin < context.End ? timeline[context.Begin].Start : null,
            ContextEnd = context.Begin < context.End ? timeline[context.End - 1].Start : null,
            ContextEvents = context.End - context.Begin,
            AdmissionTime = context.Admission is { } admission ? timeline[admission].Start : null,
            LastDischargeNote = context.LastDischarge is { } note ? timeline[note].Start : null,
            Labels = labels,
            Split = sample.Split,
            PatientEvents = timeline.Count,
            Published = context,
        };
    }

    // Positions are the release's own identities; nothing is ever added to it.
    private static string IdOf(PublishedSample sample)
    {
        var hash = new StableHash(seed: 0);
        hash.Add("published");
        hash.Add(sample.SubjectId);
        hash.Add(sample.Context.Begin);
        hash.Add(sample.Context.End);
        return SampleId.Of(sample.Task, sample.SubjectId, hash.Value);
    }

    private static EhrR1Exception Unfit(PublishedSample sample, string what)
        => new(what, $"{sample.Origin}, subject {sample.SubjectId}", "Check that index and patients are of one release");
}
