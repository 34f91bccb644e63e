namespace EhrR1.Tasks;

/// <summary>What a sample's input holds where the paper's release says so itself, as positions of events in the chart.</summary>
/// <param name="Begin">The first event of the window.</param>
/// <param name="End">The first event after the window.</param>
/// <param name="Admission">The admission that is put in front, or <see langword="null"/>.</param>
/// <param name="LastDischarge">The discharge note that is put in front, or <see langword="null"/>.</param>
/// <remarks>
/// Source: <c>period_begin</c>, <c>period_end</c>, <c>admissions_id</c> and <c>last_discharge_id</c> of the EHR-R1 release's index files. Of the window only
/// admissions and the task's own excluded events are left out; an event of a type that is never shown leaves its empty place.
/// </remarks>
public readonly record struct PublishedContext(int Begin, int End, int? Admission, int? LastDischarge)
{
    /// <summary>The position of the sample's anchor.</summary>
    public int AnchorFor(TaskDefinition task) => task.Kind == TaskKind.Decision ? End : task.AnchorEvent == "discharge" ? End - 1 : Begin;
}
