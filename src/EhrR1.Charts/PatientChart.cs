namespace EhrR1.Charts;

/// <summary>All that is known of one patient, in time order; the demographics come first.</summary>
/// <param name="SubjectId">The patient's id.</param>
/// <param name="Events">The events in chart order; the first is of type <c>patients</c>; <see cref="ClinicalEvent.Position"/> is the index.</param>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed record PatientChart(long SubjectId, IReadOnlyList<ClinicalEvent> Events)
{
    /// <summary>The demographics event.</summary>
    public ClinicalEvent Demographics => Events[0];

    /// <summary>The number of items over all events.</summary>
    public int ItemCount => Events.Sum(e => e.Count);
}
