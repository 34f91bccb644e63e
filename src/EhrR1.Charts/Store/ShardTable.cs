using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>One event type's rows of a shard, with a cursor that moves from patient to patient.</summary>
/// <param name="type">The event type.</param>
/// <param name="capacity">How many rows it will hold, as a hint.</param>
internal sealed class ShardTable(EventType type, int capacity)
{
    private readonly List<long> _subjects = new(capacity);
    private readonly List<long> _events = new(capacity);
    private readonly List<long> _hadmIds = new(capacity);
    private readonly List<long> _stayIds = new(capacity);
    private long[] _scratch = [];
    private int _next;

    public ItemTable Table { get; } = new(type, capacity);

    /// <summary>The patient of each row.</summary>
    public IReadOnlyList<long> Subjects => _subjects;

    /// <summary>Adds the rows of a file: all, or those of one patient.</summary>
    /// <exception cref="InvalidDataException">A column is missing or holds something else.</exception>
    public void Add(ChartFile file, long? subjectId, ColumnReader reader)
    {
        foreach (var group in file.Groups(subjectId))
        {
            reader.MoveTo(group);
            var first = 0;
            var count = checked((int)group.RowCount);
            if (subjectId is { } id)
            {
                var all = _scratch.Length >= count ? _scratch.AsSpan(0, count) : (_scratch = new long[count]);
                reader.Read(file.Field("subject_id"), 0, all, missing: 0);
                first = all.IndexOf(id);
                if (first < 0)
                    continue;
                count = all.LastIndexOf(id) + 1 - first;
            }

            AddRows(file, reader, first, count);
        }
    }

    private void AddRows(ChartFile file, ColumnReader reader, int first, int count)
    {
        reader.Read(file.Field("subject_id"), first, Extend(_subjects, count), missing: 0);
        reader.Read(file.Field("event"), first, Extend(_events, count), missing: 0);
        reader.ReadTimes(file.Field("time"), first, Table.Times.Extend(count));
        reader.ReadTimes(file.Field("visible_from"), first, Table.VisibleTimes.Extend(count));
        reader.Read(file.Field("hadm_id"), first, Extend(_hadmIds, count), missing: 0);
        reader.Read(file.Field("stay_id"), first, Extend(_stayIds, count), missing: 0);
        for (var i = 0; i < Table.Columns.Count; i++)
        {
            var field = file.Field(type.Columns[i].Column);
            switch (Table.Columns[i])
            {
                case TextColumn text: reader.Read(field, first, text.Extend(count)); break;
                case NumberColumn number: reader.Read(field, first, number.Extend(count)); break;
                case IntegerColumn integer: reader.Read(field, first, integer.Extend(count), IntegerColumn.Missing); break;
                case TimeColumn time: reader.ReadTimes(field, first, time.Extend(count)); break;
            }
        }

        Table.EndRows(count);
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
