namespace EhrR1.Charts;

/// <summary>Items of one event type, column by column: the storage behind the events of one or more charts.</summary>
/// <remarks>
/// Rows of one event stand together, events of one chart in chart order.
/// Filled by one thread; afterwards safe for reading by any number of threads.
/// </remarks>
public sealed class ItemTable
{
    private readonly ItemColumn[] _columns;
    private readonly TimeColumn _time;
    private readonly TimeColumn _visibleFrom;

    /// <summary>Makes an empty table for an event type.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="capacity">How many rows it will hold, as a hint.</param>
    public ItemTable(EventType type, int capacity = 4)
    {
        Type = type;
        _time = new TimeColumn(capacity);
        _visibleFrom = new TimeColumn(capacity);
        _columns = [.. type.Columns.Select(c => ItemColumn.For(c.Kind, capacity))];
    }

    /// <summary>The event type of all rows.</summary>
    public EventType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The column of a field.</summary>
    public ItemColumn Column(EventField field) => _columns[field.Ordinal];

    /// <summary>The columns in the order of <see cref="EventType.Columns"/>.</summary>
    public IReadOnlyList<ItemColumn> Columns => _columns;

    /// <summary>The time that places a row in the chart; <see langword="null"/> for <c>patients</c>, and where the paper's release has none.</summary>
    public DateTime? TimeOf(int row) => _time[row];

    /// <summary>From when on a row was known; <see langword="null"/> for <c>patients</c>, which always is.</summary>
    public DateTime? VisibleFrom(int row) => _visibleFrom[row];

    /// <summary>The column of the times that place the rows.</summary>
    internal TimeColumn Times => _time;

    /// <summary>The column of the moments from which rows were known.</summary>
    internal TimeColumn VisibleTimes => _visibleFrom;

    /// <summary>Ends many rows whose columns and times were all filled.</summary>
    internal void EndRows(int count) => Count += count;

    /// <summary>Ends a row whose columns were all added, by its times.</summary>
    public void EndRow(DateTime? time, DateTime? visibleFrom)
    {
        _time.Add(time);
        _visibleFrom.Add(visibleFrom);
        Count++;
    }
}
