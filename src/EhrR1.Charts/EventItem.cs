namespace EhrR1.Charts;

/// <summary>One row of a source table inside an event: a view on a row of an <see cref="ItemTable"/>.</summary>
/// <param name="Table">The table that holds the row.</param>
/// <param name="Row">The row's index in it.</param>
public readonly record struct EventItem(ItemTable Table, int Row)
{
    /// <summary>The event type.</summary>
    public EventType Type => Table.Type;

    /// <summary>The time that places the item in the chart; <see langword="null"/> for <c>patients</c>, and where the paper's release has none.</summary>
    public DateTime? Time => Table.TimeOf(Row);

    /// <summary>From when on the item was known; <see langword="null"/> for <c>patients</c>, which always is.</summary>
    public DateTime? VisibleFrom => Table.VisibleFrom(Row);

    /// <summary>The text of a field of kind <see cref="FieldKind.Text"/> or <see cref="FieldKind.Labels"/>, or <see langword="null"/>.</summary>
    public string? Text(EventField field) => ((TextColumn)Table.Column(field))[Row];

    /// <summary>The text of a field, by name.</summary>
    public string? Text(string field) => Text(Type[field]);

    /// <summary>The number of a field of kind <see cref="FieldKind.Number"/>, or <see langword="null"/>.</summary>
    public double? Number(EventField field)
    {
        var value = ((NumberColumn)Table.Column(field))[Row];
        return double.IsNaN(value) ? null : value;
    }

    /// <summary>The number of a field, by name.</summary>
    public double? Number(string field) => Number(Type[field]);

    /// <summary>The whole number of a field of kind <see cref="FieldKind.Integer"/>, or <see langword="null"/>.</summary>
    public long? Integer(EventField field)
    {
        var value = ((IntegerColumn)Table.Column(field))[Row];
        return value == IntegerColumn.Missing ? null : value;
    }

    /// <summary>The whole number of a field, by name.</summary>
    public long? Integer(string field) => Integer(Type[field]);

    /// <summary>The moment of a field of kind <see cref="FieldKind.Time"/>, or <see langword="null"/>.</summary>
    public DateTime? Moment(EventField field) => ((TimeColumn)Table.Column(field))[Row];

    /// <summary>The moment of a field, by name.</summary>
    public DateTime? Moment(string field) => Moment(Type[field]);

    /// <summary>Whether a field has no value.</summary>
    public bool IsMissing(EventField field) => Table.Column(field).IsMissing(Row);
}
