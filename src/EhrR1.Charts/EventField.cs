using System.Text;

namespace EhrR1.Charts;

/// <summary>One field of an event type: a column of its source table, or a value derived from it.</summary>
public sealed class EventField
{
    internal EventField(string name, FieldKind kind, bool isDerived, FieldVisibility visibility)
    {
        Name = name;
        Kind = kind;
        IsDerived = isDerived;
        Visibility = visibility;
        Column = name.ToLowerInvariant().Replace(' ', '_');
        Key = TitleCase(name);
    }

    /// <summary>The field's name, as tasks name it: <c>valuenum</c>, <c>CCS Type</c>.</summary>
    public string Name { get; }

    /// <summary>The field's column in the chart store: the name in lower case, blanks as underscores (<c>ccs_type</c>).</summary>
    public string Column { get; }

    /// <summary>The key that a model reads: the name as Python's <c>str.title()</c> writes it (<c>Ref_Range_Lower</c>, <c>O2Sat</c>).</summary>
    public string Key { get; }

    /// <summary>What the field holds.</summary>
    public FieldKind Kind { get; }

    /// <summary>Whether the value is looked up rather than read; a lookup that finds nothing shows <c>None</c>, an empty cell <c>nan</c>.</summary>
    public bool IsDerived { get; }

    /// <summary>From when on the value may be read in the strict profile.</summary>
    public FieldVisibility Visibility { get; }

    /// <summary>The field's place among all columns of its event type, fields first, then attributes; from 0.</summary>
    public int Ordinal { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string TitleCase(string name)
    {
        var title = new StringBuilder(name.Length);
        var afterLetter = false;
        foreach (var c in name)
        {
            title.Append(afterLetter ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            afterLetter = char.IsLetter(c);
        }

        return title.ToString();
    }
}
