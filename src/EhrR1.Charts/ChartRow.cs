namespace EhrR1.Charts;

/// <summary>What of one source row decides its place in a chart and the event that it falls into.</summary>
/// <param name="Rank">The event type's <see cref="EventType.Rank"/>.</param>
/// <param name="Row">The row's place in its source file, among the patient's rows of this table.</param>
/// <param name="Time">The time that places the row in ticks; 0 for <c>patients</c>.</param>
/// <param name="HadmId">The hospital stay; 0 where it is missing.</param>
/// <param name="StayId">The ED or ICU stay; 0 where it is missing.</param>
public readonly record struct ChartRow(int Rank, int Row, long Time, long HadmId, long StayId) : IComparable<ChartRow>
{
    /// <summary>Chart order: <c>patients</c> first, then by time, rank and row order.</summary>
    public int CompareTo(ChartRow other)
    {
        if (Rank == 0 || other.Rank == 0)
            return Rank != other.Rank ? Rank.CompareTo(other.Rank) : Row.CompareTo(other.Row);
        if (Time != other.Time)
            return Time < other.Time ? -1 : 1;
        return Rank != other.Rank ? Rank.CompareTo(other.Rank) : Row.CompareTo(other.Row);
    }
}
