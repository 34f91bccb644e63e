namespace EhrR1.Charts;

/// <summary>One column of an <see cref="ItemTable"/>: the values of one field, a row an item.</summary>
/// <remarks>Filled by one thread; afterwards safe for reading by any number of threads.</remarks>
public abstract class ItemColumn
{
    private protected ItemColumn()
    {
    }

    /// <summary>Whether the value of a row is missing.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>Makes an empty column for a kind of field.</summary>
    /// <param name="kind">What the field holds.</param>
    /// <param name="capacity">How many rows it will hold, as a hint.</param>
    public static ItemColumn For(FieldKind kind, int capacity = 4) => kind switch
    {
        FieldKind.Number => new NumberColumn(capacity),
        FieldKind.Integer => new IntegerColumn(capacity),
        FieldKind.Time => new TimeColumn(capacity),
        _ => new TextColumn(capacity),
    };
}
