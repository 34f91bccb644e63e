namespace EhrR1.Charts;

/// <summary>A kind of event: one source table, what of it a model sees, and where it stands in a chart's order.</summary>
/// <remarks>Immutable; instances are those of <see cref="EventCatalog"/>, so reference equality holds.</remarks>
public sealed class EventType
{
    private readonly Dictionary<string, EventField> _byName;

    internal EventType(EventModule module, string name, string displayName, bool isShown, EventField[] fields, EventField[] attributes)
    {
        Module = module;
        Name = name;
        DisplayName = displayName;
        IsShown = isShown;
        Fields = fields;
        Attributes = attributes;
        Columns = [.. fields, .. attributes];
        _byName = new Dictionary<string, EventField>(StringComparer.Ordinal);
        for (var i = 0; i < Columns.Count; i++)
        {
            Columns[i].Ordinal = i;
            _byName.Add(Columns[i].Name, Columns[i]);
        }
    }

    /// <summary>The module that the source table belongs to.</summary>
    public EventModule Module { get; }

    /// <summary>The source table's name in MIMIC-IV, which is the event type's name.</summary>
    public string Name { get; }

    /// <summary>The title that a model reads.</summary>
    public string DisplayName { get; }

    /// <summary>Whether a model may see events of this type at all.</summary>
    public bool IsShown { get; }

    /// <summary>The fields that a model sees, in their order.</summary>
    public IReadOnlyList<EventField> Fields { get; }

    /// <summary>Columns that are kept for labels, linking and visibility, but never shown.</summary>
    public IReadOnlyList<EventField> Attributes { get; }

    /// <summary>All columns: the fields, then the attributes; <see cref="EventField.Ordinal"/> is the index here.</summary>
    public IReadOnlyList<EventField> Columns { get; }

    /// <summary>The place among simultaneous rows: module, within the ICU <c>icustays</c> first, then table name; from 0 (<c>patients</c>).</summary>
    public int Rank { get; internal set; }

    /// <summary>Whether a change of <c>stay_id</c> starts a new event: the ED and ICU modules.</summary>
    public bool HasStay => Module is EventModule.Ed or EventModule.Icu;

    /// <summary>The column of a name.</summary>
    /// <exception cref="KeyNotFoundException">This event type has no such column.</exception>
    public EventField this[string name] => _byName.TryGetValue(name, out var field)
        ? field
        : throw new KeyNotFoundException($"The event type '{Name}' has no column '{name}'.");

    /// <summary>Finds the column of a name.</summary>
    public bool TryGetColumn(string name, out EventField? field) => _byName.TryGetValue(name, out field);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
