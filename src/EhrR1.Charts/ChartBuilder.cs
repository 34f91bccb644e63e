namespace EhrR1.Charts;

/// <summary>Makes a chart from rows given in any order: for hand-made charts and for sources of other kinds.</summary>
/// <remarks>Rows of one event type keep the order in which they were added, as rows of a file do. Not safe for several threads at once.</remarks>
/// <param name="subjectId">The patient's id.</param>
public sealed class ChartBuilder(long subjectId)
{
    private readonly List<(ChartRow Key, DateTime? VisibleFrom, (string Field, object? Value)[] Values)> _rows = [];

    /// <summary>Adds the demographics.</summary>
    public ChartBuilder Patient(int anchorAge = 60, string gender = "F", int anchorYear = 2150, DateTime? dod = null)
        => Add("patients", null, null, null, null, ("anchor_age", anchorAge), ("gender", gender), ("anchor_year", anchorYear), ("dod", dod));

    /// <summary>Adds one item that is known as soon as it happens.</summary>
    /// <param name="eventType">The event type's name.</param>
    /// <param name="time">The time that places it.</param>
    /// <param name="hadmId">The hospital stay, or <see langword="null"/>.</param>
    /// <param name="values">Column names and values (text, numbers, <see cref="DateTime"/>); columns not named are missing.</param>
    public ChartBuilder Add(string eventType, DateTime? time, long? hadmId, params (string Field, object? Value)[] values)
        => Add(eventType, time, hadmId, null, time, values);

    /// <summary>Adds one item.</summary>
    /// <param name="eventType">The event type's name.</param>
    /// <param name="time">The time that places it; <see langword="null"/> only for <c>patients</c>.</param>
    /// <param name="hadmId">The hospital stay, or <see langword="null"/>.</param>
    /// <param name="stayId">The ED or ICU stay, or <see langword="null"/>.</param>
    /// <param name="visibleFrom">From when on it was known.</param>
    /// <param name="values">Column names and values (text, numbers, <see cref="DateTime"/>); columns not named are missing.</param>
    /// <exception cref="KeyNotFoundException">The event type or a column is unknown.</exception>
    public ChartBuilder Add(string eventType, DateTime? time, long? hadmId, long? stayId, DateTime? visibleFrom, params (string Field, object? Value)[] values)
    {
        var type = EventCatalog.Get(eventType);
        foreach (var (field, _) in values)
            _ = type[field];
        _rows.Add((new ChartRow(type.Rank, _rows.Count, time?.Ticks ?? 0, hadmId ?? 0, stayId ?? 0), visibleFrom, values));
        return this;
    }

    /// <summary>Puts the rows in order and groups them into events.</summary>
    /// <param name="profile">The profile whose grouping applies. The default value is <see cref="ChartProfile.EhrBench"/>.</param>
    public PatientChart Build(ChartProfile profile = ChartProfile.EhrBench)
    {
        var byKey = _rows.ToDictionary(r => r.Key);
        var keys = byKey.Keys.ToArray();
        var events = new int[keys.Length];
        var count = ChartOrder.Arrange(keys, events, profile);
        var tables = new Dictionary<int, ItemTable>();
        var chart = new List<ClinicalEvent>(count);
        for (var i = 0; i < keys.Length;)
        {
            var type = EventCatalog.Types[keys[i].Rank];
            if (!tables.TryGetValue(type.Rank, out var table))
                tables.Add(type.Rank, table = new ItemTable(type));
            var first = table.Count;
            var start = i;
            for (; i < keys.Length && events[i] == events[start]; i++)
            {
                var (key, visibleFrom, values) = byKey[keys[i]];
                AddRow(table, key, visibleFrom, values);
            }

            var (hadm, stay) = (keys[start].HadmId, keys[start].StayId);
            chart.Add(new ClinicalEvent(chart.Count, table, first, i - start, hadm == 0 ? null : hadm, stay == 0 ? null : stay));
        }

        return new PatientChart(subjectId, chart);
    }

    private static void AddRow(ItemTable table, ChartRow key, DateTime? visibleFrom, (string Field, object? Value)[] values)
    {
        foreach (var column in table.Type.Columns)
        {
            object? value = null;
            foreach (var (field, given) in values)
                value = field == column.Name ? given : value;
            switch (table.Column(column))
            {
                case NumberColumn numbers: numbers.Add(value is null ? double.NaN : Convert.ToDouble(value)); break;
                case IntegerColumn integers: integers.Add(value is null ? IntegerColumn.Missing : Convert.ToInt64(value)); break;
                case TimeColumn times: times.Add((DateTime?)value); break;
                case TextColumn texts: texts.Add((string?)value); break;
            }
        }

        table.EndRow(key.Rank == 0 ? null : new DateTime(key.Time), visibleFrom);
    }
}
