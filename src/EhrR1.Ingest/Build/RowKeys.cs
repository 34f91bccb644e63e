using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>What decides the places of one table's rows in the charts of a shard, and the places found.</summary>
internal sealed class RowKeys
{
    private readonly List<long> _subjects = [];
    private readonly List<long> _rowNumbers = [];
    private readonly List<ChartRow> _rows = [];
    private int[] _byPatient = [];
    private int[] _events = [];
    private int _next;

    public int Count => _rows.Count;

    /// <summary>The event of each row, in the order in which the rows were added.</summary>
    public IReadOnlyList<int> Places => _events;

    public void Add(long subjectId, long rowNumber, ChartRow row)
    {
        _subjects.Add(subjectId);
        _rowNumbers.Add(rowNumber);
        _rows.Add(row);
    }

    /// <summary>Ends the adding: puts the rows of each patient together, in file order.</summary>
    public void Sort()
    {
        _events = new int[Count];
        _byPatient = new int[Count];
        var sorted = true;
        for (var i = 0; i < Count; i++)
        {
            _byPatient[i] = i;
            sorted &= i == 0 || Compare(i - 1, i) <= 0;
        }

        if (!sorted)
            Array.Sort(_byPatient, Compare);
    }

    /// <summary>Adds the next patient's rows; <see cref="ChartRow.Row"/> becomes their place in file order.</summary>
    public void TakeRows(long subjectId, List<ChartRow> to)
    {
        for (; _next < Count && _subjects[_byPatient[_next]] == subjectId; _next++)
            to.Add(_rows[_byPatient[_next]] with { Row = _next });
    }

    /// <summary>Keeps the event of a row that was taken.</summary>
    public void Place(int row, int @event) => _events[_byPatient[row]] = @event;

    private int Compare(int a, int b) => _subjects[a] != _subjects[b] ? _subjects[a].CompareTo(_subjects[b]) : _rowNumbers[a].CompareTo(_rowNumbers[b]);
}
