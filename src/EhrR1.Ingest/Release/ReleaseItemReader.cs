using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Reads the items of one event of the release.</summary>
internal sealed class ReleaseItemReader(EventType type, ReleaseLookups lookups, ReleaseTally tally, ILookup<string, string> examNames, string where)
{
    private static readonly Dictionary<string, string> _timeColumns = new(StringComparer.Ordinal)
    {
        ["admissions"] = "admittime", ["transfers"] = "intime", ["services"] = "transfertime", ["omr"] = "chartdate", ["pharmacy"] = "entertime", ["poe"] = "ordertime",
        ["prescriptions"] = "starttime", ["procedures_icd"] = "chartdate", ["hcpcsevents"] = "chartdate", ["edstays"] = "intime", ["icustays"] = "intime",
        ["ingredientevents"] = "starttime", ["procedureevents"] = "starttime", ["inputevents"] = "starttime",
    };

    private readonly Dictionary<string, string?> _cells = new(StringComparer.Ordinal);

    /// <summary>The ED or ICU stay of the first item, or <see langword="null"/>.</summary>
    public long? StayId { get; private set; }

    /// <summary>The patient whom the first item names, or <see langword="null"/>.</summary>
    public long? SubjectId { get; private set; }

    /// <summary>Reads the next item.</summary>
    /// <param name="item">The JSON object.</param>
    /// <param name="index">The item's index in its event.</param>
    /// <param name="count">How many items the event has.</param>
    /// <param name="start">The event's start, which is its first item's time.</param>
    /// <param name="end">The event's end, which is its last item's time if it has several.</param>
    public ReleasedItem Read(JsonElement item, int index, int count, DateTime? start, DateTime? end)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw Unfit("An item is no JSON object");
        _cells.Clear();
        foreach (var property in item.EnumerateObject())
            _cells[property.Name] = ReleaseValues.TextOf(property.Value);
        tally.AddRow(type);
        if (index == 0)
        {
            SubjectId = ReleaseValues.Id(Cell("subject_id"));
            StayId = type.HasStay ? ReleaseValues.Id(Cell("stay_id")) : null;
        }

        var values = new object?[type.Columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = ValueOf(type.Columns[i]);
        var last = index > 0 && index == count - 1;
        return new ReleasedItem(start is null || index == 0 ? start : last && end is not null ? end : OwnTime() ?? start, values);
    }

    private object? ValueOf(EventField field)
    {
        var text = Cell(field.Name);
        if (field.IsDerived && !_cells.ContainsKey(field.Name))
            text = field.Kind == FieldKind.Labels ? NamesOf(Cell("note_id")) : lookups.Find(type, field, Cell);
        if (!ReleaseValues.TryRead(field, text, out var value))
            throw Unfit($"A value of '{field.Name}' cannot be read as a {field.Kind.ToString().ToLowerInvariant()}");
        if (field.IsDerived && value is not null)
            tally.AddFound(type, field);
        if (type.IsShown && !ReleaseValues.IsAsPublished(field, text, value) && type.Fields.Contains(field))
            tally.Respelt++;
        return value;
    }

    private string? NamesOf(string? note)
    {
        var names = note is null ? [] : examNames[note].ToArray();
        return names.Length == 0 ? null : JsonSerializer.Serialize(names);
    }

    private DateTime? OwnTime() => ReleaseValues.Time(Cell(_timeColumns.GetValueOrDefault(type.Name, "charttime")));

    private string? Cell(string name) => _cells.GetValueOrDefault(name);

    private EhrR1Exception Unfit(string what) => new(what, where, "Restore the patient's file from its download, or leave such patients out with --on-bad-row skip");
}
