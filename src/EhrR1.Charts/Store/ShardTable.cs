using System.Runtime.InteropServices;
using Apache.Arrow;
using DuckDB.NET.Data;

namespace EhrR1.Charts;

/// <summary>One event type's rows of a shard, with a cursor that moves from patient to patient.</summary>
internal sealed class ShardTable(EventType type)
{
    private readonly List<long> _subjects = [];
    private readonly List<long> _events = [];
    private readonly List<long> _hadmIds = [];
    private readonly List<long> _stayIds = [];
    private readonly TextPool?[] _pools = new TextPool?[type.Columns.Count];
    private int _next;

    public ItemTable Table { get; } = new(type);

    /// <summary>The patient of each row.</summary>
    public IReadOnlyList<long> Subjects => _subjects;

    /// <summary>Adds the rows of a batch whose columns are <see cref="ChartSchema.CommonColumns"/> and then the event type's.</summary>
    public void Add(RecordBatch batch)
    {
        ArrowColumns.Copy(batch.Column(0), Extend(_subjects, batch.Length), missing: 0);
        ArrowColumns.Copy(batch.Column(1), Extend(_events, batch.Length), missing: 0);
        ArrowColumns.Copy(batch.Column(2), Table.Times.Extend(batch.Length), TimeColumn.Missing);
        ArrowColumns.Copy(batch.Column(3), Table.VisibleTimes.Extend(batch.Length), TimeColumn.Missing);
        ArrowColumns.Copy(batch.Column(4), Extend(_hadmIds, batch.Length), missing: 0);
        ArrowColumns.Copy(batch.Column(5), Extend(_stayIds, batch.Length), missing: 0);
        var columns = Table.Columns;
        for (var i = 0; i < columns.Count; i++)
        {
            var from = batch.Column(ChartSchema.CommonColumns.Count + i);
            switch (columns[i])
            {
                case TextColumn text: ArrowColumns.Copy(from, text.Extend(batch.Length), _pools[i] ??= new TextPool()); break;
                case NumberColumn number: ArrowColumns.Copy(from, number.Extend(batch.Length)); break;
                case IntegerColumn integer: ArrowColumns.Copy(from, integer.Extend(batch.Length), IntegerColumn.Missing); break;
                case TimeColumn time: ArrowColumns.Copy(from, time.Extend(batch.Length), TimeColumn.Missing); break;
            }
        }

        Table.EndRows(batch.Length);
    }

    /// <summary>Adds one row with the same columns.</summary>
    public void Add(DuckDBDataReader row)
    {
        _subjects.Add(row.GetInt64(0));
        _events.Add(row.GetInt32(1));
        _hadmIds.Add(row.IsDBNull(4) ? 0 : row.GetInt64(4));
        _stayIds.Add(row.IsDBNull(5) ? 0 : row.GetInt64(5));
        var columns = Table.Columns;
        for (var i = 0; i < columns.Count; i++)
        {
            var from = ChartSchema.CommonColumns.Count + i;
            var missing = row.IsDBNull(from);
            switch (columns[i])
            {
                case TextColumn text: text.Add(missing ? null : row.GetString(from)); break;
                case NumberColumn number: number.Add(missing ? double.NaN : row.GetDouble(from)); break;
                case IntegerColumn integer: integer.Add(missing ? IntegerColumn.Missing : row.GetInt64(from)); break;
                case TimeColumn time: time.Add(missing ? null : row.GetDateTime(from)); break;
            }
        }

        Table.EndRow(row.IsDBNull(2) ? null : row.GetDateTime(2), row.IsDBNull(3) ? null : row.GetDateTime(3));
    }

    /// <summary>How many events the patient has in this table; the cursor stays.</summary>
    public int CountEvents(long subjectId)
    {
        var count = 0;
        for (var i = _next; i < _subjects.Count && _subjects[i] == subjectId; i++)
        {
            if (i == _next || _events[i] != _events[i - 1])
                count++;
        }

        return count;
    }

    /// <summary>Puts the patient's events in their places and moves the cursor to the next patient.</summary>
    public void TakeEvents(long subjectId, ClinicalEvent[] events)
    {
        while (_next < _subjects.Count && _subjects[_next] == subjectId)
        {
            var first = _next;
            var position = (int)_events[first];
            while (_next < _subjects.Count && _subjects[_next] == subjectId && _events[_next] == position)
                _next++;
            events[position] = new ClinicalEvent(position, Table, first, _next - first, IdOrNull(_hadmIds[first]), IdOrNull(_stayIds[first]));
        }
    }

    private static Span<long> Extend(List<long> list, int count)
    {
        var start = list.Count;
        CollectionsMarshal.SetCount(list, start + count);
        return CollectionsMarshal.AsSpan(list)[start..];
    }

    private static long? IdOrNull(long id) => id == 0 ? null : id;
}
