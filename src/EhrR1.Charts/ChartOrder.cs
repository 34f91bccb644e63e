namespace EhrR1.Charts;

/// <summary>Puts a patient's rows into chart order and cuts them into events: the one home of both rules.</summary>
public static class ChartOrder
{
    /// <summary>Sorts rows into chart order and numbers the events they fall into.</summary>
    /// <param name="rows">All rows of one patient, in any order; sorted in place. No two are equal in rank and row.</param>
    /// <param name="events">Receives, for each row in chart order, its event's position from 0; at least as long as <paramref name="rows"/>.</param>
    /// <param name="profile">
    /// <see cref="ChartProfile.EhrBench"/>: consecutive rows of one event type and one stay are one event;
    /// <see cref="ChartProfile.Strict"/>: they must have the same time too.
    /// </param>
    /// <returns>The number of events.</returns>
    public static int Arrange(Span<ChartRow> rows, Span<int> events, ChartProfile profile)
    {
        if (rows.IsEmpty)
            return 0;
        rows.Sort();
        var current = 0;
        events[0] = 0;
        for (var i = 1; i < rows.Length; i++)
        {
            if (StartsEvent(rows[i - 1], rows[i], profile))
                current++;
            events[i] = current;
        }

        return current + 1;
    }

    private static bool StartsEvent(in ChartRow before, in ChartRow row, ChartProfile profile)
    {
        if (before.Rank != row.Rank || before.HadmId != row.HadmId)
            return true;
        if (before.StayId != row.StayId && EventCatalog.Types[row.Rank].HasStay)
            return true;
        return profile == ChartProfile.Strict && before.Time != row.Time;
    }
}
