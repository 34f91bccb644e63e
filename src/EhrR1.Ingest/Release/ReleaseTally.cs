using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What became of the release's rows: rows and looked-up fields by event type, and numbers that a model reads in another spelling.</summary>
internal sealed class ReleaseTally
{
    private readonly long[] _rows = new long[EventCatalog.Types.Count];
    private readonly Dictionary<(int Type, string Field), long> _found = [];

    /// <summary>Numbers whose shortest decimal is not what the release spells.</summary>
    public long Respelt { get; set; }

    public void AddRow(EventType type) => _rows[type.Rank]++;

    public void AddFound(EventType type, EventField field) => _found[(type.Rank, field.Name)] = _found.GetValueOrDefault((type.Rank, field.Name)) + 1;

    /// <summary>How many rows an event type has.</summary>
    public long RowsOf(EventType type) => _rows[type.Rank];

    /// <summary>Adds what was counted elsewhere.</summary>
    public void Add(ReleaseTally other)
    {
        Respelt += other.Respelt;
        Add(other.ToJson());
    }

    /// <summary>The counts by event type, as the manifest writes them.</summary>
    public JsonObject ToJson() => new(EventCatalog.Types.Where(t => _rows[t.Rank] > 0).Select(t => KeyValuePair.Create(t.Name, (JsonNode?)CountsOf(t).ToJson())));

    /// <summary>Adds what <see cref="ToJson"/> wrote.</summary>
    public void Add(JsonObject json)
    {
        foreach (var (name, value) in json)
        {
            var type = EventCatalog.Get(name);
            var counts = TableCounts.FromJson(name, value!.AsObject());
            _rows[type.Rank] += counts.RowsIn;
            foreach (var (field, (_, found)) in counts.Looked)
                _found[(type.Rank, field)] = _found.GetValueOrDefault((type.Rank, field)) + found;
        }
    }

    private TableCounts CountsOf(EventType type)
    {
        var rows = _rows[type.Rank];
        var looked = type.Columns.Where(c => c.IsDerived).ToDictionary(c => c.Name, c => (rows, _found.GetValueOrDefault((type.Rank, c.Name))), StringComparer.Ordinal);
        return new TableCounts(type.Name, rows, rows, new Dictionary<string, long>(), looked);
    }
}
