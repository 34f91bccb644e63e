using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Which samples of the index may be drawn for a benchmark or an instruction set.</summary>
/// <remarks>Immutable; safe for use by any number of threads. The defaults are those of the <c>ehr-bench</c> profile, as published.</remarks>
public sealed record DrawFilter
{
    /// <summary>A context must hold more events than this. The default value is 10.</summary>
    public int ContextEventsAbove { get; init; } = 10;

    /// <summary>A context must hold fewer events than this; <see langword="null"/> for no limit. The default value is 100.</summary>
    public int? ContextEventsBelow { get; init; } = 100;

    /// <summary>A patient's chart may hold this many events at most; <see langword="null"/> for no limit. The default value is 1,200.</summary>
    public int? PatientEventsAtMost { get; init; } = 1200;

    /// <summary>Whether tasks that ask for it (<see cref="TaskDefinition.ReachesAdmission"/>) need a context that reaches back to the admission. The default value is <see langword="true"/>.</summary>
    public bool ReachAdmission { get; init; } = true;

    /// <summary>Whether tasks that ask for it (<see cref="TaskDefinition.LabelsBelow"/>) leave out samples with many labels. The default value is <see langword="true"/>.</summary>
    public bool LimitLabels { get; init; } = true;

    /// <summary>The filter of a profile: the published one, or for <c>strict</c> any sample with a context, so that nobody is dropped for being very ill.</summary>
    public static DrawFilter For(ChartProfile profile) => profile == ChartProfile.EhrBench
        ? new DrawFilter()
        : new DrawFilter { ContextEventsAbove = 0, ContextEventsBelow = null, PatientEventsAtMost = null, ReachAdmission = false, LimitLabels = false };

    /// <summary>Whether a sample may be drawn; one that the paper's release names was drawn by it already.</summary>
    public bool Keeps(TaskIndexRow row)
    {
        if (row.Published is not null)
            return true;
        if (row.ContextEvents <= ContextEventsAbove || row.ContextEvents >= ContextEventsBelow || row.PatientEvents > PatientEventsAtMost)
            return false;
        var task = row.Definition;
        if (ReachAdmission && task.ReachesAdmission && row.ContextStart > row.AdmissionTime)
            return false;
        return !(LimitLabels && row.Labels.Count >= task.LabelsBelow);
    }
}
