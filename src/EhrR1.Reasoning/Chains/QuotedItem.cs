namespace EhrR1.Reasoning;

/// <summary>Something that a chain quotes from the record: a number with its unit and the words before it, or a text in quotes.</summary>
/// <param name="Event">The place in <see cref="ParsedChain.Events"/> of the event that it is said of, or −1 outside of any.</param>
/// <param name="Item">The words that name what is quoted, without words such as "was" and "of"; empty where none stand there.</param>
/// <param name="IsNamed">Whether the words stand directly before the number, or in quotes, and so can only be the item's name.</param>
/// <param name="Number">Where the number stands; empty for a text in quotes.</param>
/// <param name="Value">The number, or NaN.</param>
/// <param name="Unit">The unit behind the number; empty where there is none.</param>
public sealed record QuotedItem(int Event, TextSpan Item, bool IsNamed, TextSpan Number, double Value, TextSpan Unit)
{
    /// <summary>Whether a number is quoted.</summary>
    public bool HasValue => !double.IsNaN(Value);
}
