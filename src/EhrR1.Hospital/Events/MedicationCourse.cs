namespace EhrR1.Hospital;

/// <summary>A drug that is ordered from one time to another.</summary>
internal sealed record MedicationCourse(Drug Drug, long Start, long Stop, Order Order, string Frequency, bool IsStoppedByOrder)
{
    public long PharmacyId { get; init; }
}
