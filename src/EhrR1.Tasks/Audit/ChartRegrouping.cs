using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Cuts a chart's rows into events by another profile's rule; rows and their order stay.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
public static class ChartRegrouping
{
    /// <summary>The same chart as the other profile groups it.</summary>
    /// <param name="chart">A chart of either profile.</param>
    /// <param name="profile">The profile whose grouping applies.</param>
    public static PatientChart Regroup(PatientChart chart, ChartProfile profile)
    {
        var rows = new ChartRow[chart.ItemCount];
        var items = new EventItem[rows.Length];
        var next = 0;
        foreach (var e in chart.Events)
        {
            for (var i = 0; i < e.Count; i++, next++)
            {
                items[next] = e[i];
                rows[next] = new ChartRow(e.Type.Rank, next, e[i].Time?.Ticks ?? 0, e.HadmId ?? 0, e.StayId ?? 0);
            }
        }

        var eventOf = new int[rows.Length];
        var events = new ClinicalEvent[ChartOrder.Arrange(rows, eventOf, profile)];
        for (var i = 0; i < rows.Length;)
        {
            var first = i;
            while (i < rows.Length && eventOf[i] == eventOf[first])
                i++;
            var (table, row) = items[rows[first].Row];
            events[eventOf[first]] = new ClinicalEvent(eventOf[first], table, row, i - first, OrNull(rows[first].HadmId), OrNull(rows[first].StayId));
        }

        return new PatientChart(chart.SubjectId, events);
    }

    private static long? OrNull(long id) => id == 0 ? null : id;
}
