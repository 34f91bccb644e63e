using DuckDB.NET.Data;

namespace EhrR1.Charts;

/// <summary>One event type's rows of a shard, with a cursor that moves from patient to patient.</summary>
internal sealed class ShardTable(EventType type)
{
    private readonly List<int> _events = [];
    private readonly List<long> _hadmIds = [];
    private readonly List<long> _stayIds = [];
    private readonly TextPool[] _pools = [.. type.Columns.Select(_ => new TextPool())];
    private int _next;

    public ItemTable Table { get; } = new(type);

    public List<long> Subjects { get; } = [];

    public void Add(DuckDBDataReader reader)
    {
        Subjects.Add(reader.GetInt64(0));
        _events.Add(reader.GetInt32(1));
        _hadmIds.Add(reader.IsDBNull(4) ? 0 : reader.GetInt64(4));
        _stayIds.Add(reader.IsDBNull(5) ? 0 : reader.GetInt64(5));
        var columns = Table.Columns;
        for (var i = 0; i < columns.Count; i++)
        {
            var ordinal = ChartSchema.CommonColumns.Count + i;
            var missing = reader.IsDBNull(ordinal);
            switch (columns[i])
            {
                case TextColumn text: text.Add(missing ? null : _pools[i].Shared(reader.GetString(ordinal))); break;
                case NumberColumn number: number.Add(missing ? double.NaN : reader.GetDouble(ordinal)); break;
                case IntegerColumn integer: integer.Add(missing ? IntegerColumn.Missing : reader.GetInt64(ordinal)); break;
                case TimeColumn time: time.Add(missing ? null : reader.GetDateTime(ordinal)); break;
            }
        }

        Table.EndRow(reader.IsDBNull(2) ? null : reader.GetDateTime(2), reader.IsDBNull(3) ? null : reader.GetDateTime(3));
    }

    /// <summary>How many events the patient has in this table; the cursor stays.</summary>
    public int CountEvents(long subjectId)
    {
        var count = 0;
        for (var i = _next; i < Subjects.Count && Subjects[i] == subjectId; i++)
        {
            if (i == _next || _events[i] != _events[i - 1])
                count++;
        }

        return count;
    }

    /// <summary>Puts the patient's events in their places and moves the cursor to the next patient.</summary>
    public void TakeEvents(long subjectId, ClinicalEvent[] events)
    {
        while (_next < Subjects.Count && Subjects[_next] == subjectId)
        {
            var first = _next;
            var position = _events[first];
            while (_next < Subjects.Count && Subjects[_next] == subjectId && _events[_next] == position)
                _next++;
            events[position] = new ClinicalEvent(position, Table, first, _next - first, IdOrNull(_hadmIds[first]), IdOrNull(_stayIds[first]));
        }
    }

    private static long? IdOrNull(long id) => id == 0 ? null : id;
}
