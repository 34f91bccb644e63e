namespace EhrR1.Charts.Tests;

/// <summary>Hand-made charts that hold every event type once, with telling values in all columns.</summary>
internal static class EveryEventType
{
    public static readonly DateTime Start = new(2150, 3, 1, 8, 0, 0);

    /// <summary>A chart with one filled item of each type, an hour apart.</summary>
    public static PatientChart WithOneItem(ChartProfile profile) => Build(profile, type => [Filled(type, 1)]);

    /// <summary>A chart with two items of each type: a filled one, and one whose cells are empty but for the first.</summary>
    public static PatientChart WithSeveralItems(ChartProfile profile) => Build(profile, type => [Filled(type, 1), [.. Filled(type, 2).Take(type.Fields.Count > 1 ? 1 : 0)]]);

    public static (string, object?)[] Filled(EventType type, int number) => [.. type.Columns.Select(c => (c.Name, Value(c, number)))];

    private static PatientChart Build(ChartProfile profile, Func<EventType, (string, object?)[][]> items)
    {
        var builder = new ChartBuilder(10);
        foreach (var type in EventCatalog.Types)
        {
            DateTime? time = type.Rank == 0 ? null : Start.AddHours(type.Rank);
            foreach (var item in items(type).Take(type.Rank == 0 ? 1 : int.MaxValue))
                builder.Add(type.Name, time, type.Rank == 0 ? null : 20, type.HasStay ? 30 : null, time, item);
        }

        return builder.Build(profile);
    }

    private static object? Value(EventField column, int number) => column.Kind switch
    {
        FieldKind.Number => number == 1 ? 12.5 : 2.0,
        FieldKind.Integer => column.Name == "anchor_year" ? 2148L : 60L + number,
        FieldKind.Time => Start.AddDays(30),
        FieldKind.Labels => "[\"CHEST (PA & LAT)\", \"it's\"]",
        _ => $"{column.Name.ToLowerInvariant()} {number}",
    };
}
