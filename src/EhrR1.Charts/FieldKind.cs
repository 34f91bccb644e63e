namespace EhrR1.Charts;

/// <summary>What a field holds; fixed in the catalogue, never guessed from the data.</summary>
public enum FieldKind
{
    /// <summary>Text exactly as the source has it: codes, names, free values.</summary>
    Text,

    /// <summary>A real number, shown as the shortest round-trip decimal with a point.</summary>
    Number,

    /// <summary>A whole number, shown without a point.</summary>
    Integer,

    /// <summary>A moment, to the second.</summary>
    Time,

    /// <summary>Several labels, kept as a JSON array of strings and shown as a Python list.</summary>
    Labels,
}
