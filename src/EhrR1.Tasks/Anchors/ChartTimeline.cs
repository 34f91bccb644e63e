using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>A chart with what the task rules look up in it: starts, stays and event types by position, made once in one pass.</summary>
internal sealed class ChartTimeline
{
    private static readonly int _admissions = EventCatalog.Get("admissions").Rank;
    private static readonly int _diagnoses = EventCatalog.Get("diagnoses_icd").Rank;
    private static readonly int _drgcodes = EventCatalog.Get("drgcodes").Rank;

    private readonly long[] _starts;
    private readonly int[] _stayOf;
    private readonly List<List<int>> _stays = [];
    private readonly List<int>?[] _byType = new List<int>?[EventCatalog.Types.Count];
    private readonly Dictionary<(long Hadm, long Stay), int> _stayIndex = [];
    private readonly Dictionary<long, int> _admissionOf = [];

    public ChartTimeline(PatientChart chart)
    {
        Chart = chart;
        var events = chart.Events;
        _starts = new long[events.Count];
        _stayOf = new int[events.Count];
        _starts[0] = long.MinValue;
        _stayOf[0] = -1;
        for (var i = 1; i < events.Count; i++)
        {
            var e = events[i];
            _starts[i] = StartIn(events, i);
            _stayOf[i] = StayFor(e.HadmId, e.StayId, add: true);
            _stays[_stayOf[i]].Add(i);
            (_byType[e.Type.Rank] ??= []).Add(i);
            if (e.Type.Rank == _admissions && e.HadmId is { } hadm)
                _admissionOf.TryAdd(hadm, i);
        }

        if (chart.Demographics[0].Moment("dod") is { } dod)
            DateOfDeath = dod.Date;
    }

    public PatientChart Chart { get; }

    public IReadOnlyList<ClinicalEvent> Events => Chart.Events;

    public int Count => _starts.Length;

    /// <summary>The day of death at 00:00, if there is one.</summary>
    public DateTime? DateOfDeath { get; }

    public ClinicalEvent this[int position] => Chart.Events[position];

    /// <summary>The start of an event in ticks, never before that of the event before it; an event without a time has that event's.</summary>
    public long StartOf(int position) => _starts[position];

    /// <summary>The same as a moment, or <see langword="null"/> where no event up to there has a time.</summary>
    public DateTime? TimeOf(int position) => _starts[position] > long.MinValue ? new DateTime(_starts[position]) : null;

    /// <summary>The stay that an event belongs to: events with the same number are of the same stay.</summary>
    public int StayOf(int position) => _stayOf[position];

    /// <summary>The number of a stay: the hospital stay, or where there is none the ED or ICU stay, or none at all; −1 if no event is of it.</summary>
    public int StayFor(long? hadmId, long? stayId) => StayFor(hadmId, stayId, add: false);

    /// <summary>The positions of a stay's events, ascending.</summary>
    public IReadOnlyList<int> EventsOf(int stay) => stay < 0 ? [] : _stays[stay];

    /// <summary>The positions of an event type's events, ascending.</summary>
    public IReadOnlyList<int> EventsOf(EventType type) => (IReadOnlyList<int>?)_byType[type.Rank] ?? [];

    /// <summary>The position of a hospital stay's first admissions event, or −1.</summary>
    public int AdmissionOf(long? hadmId) => hadmId is { } hadm && _admissionOf.TryGetValue(hadm, out var position) ? position : -1;

    /// <summary>The first event of a type after a position that satisfies a condition, or <see langword="null"/>.</summary>
    public ClinicalEvent? FirstAfter(EventType type, int position, Func<ClinicalEvent, bool>? where = null)
    {
        var positions = EventsOf(type);
        for (var i = LowerBound(positions, position + 1); i < positions.Count; i++)
        {
            if (where is null || where(Events[positions[i]]))
                return Events[positions[i]];
        }

        return null;
    }

    /// <summary>The first position whose event starts at or after a moment; <see cref="Count"/> if there is none.</summary>
    public int FirstAtOrAfter(long ticks)
    {
        var (low, high) = (0, _starts.Length);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_starts[middle] < ticks)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The first index in an ascending list whose value is at least a given one.</summary>
    public static int LowerBound(IReadOnlyList<int> ascending, int value)
    {
        var (low, high) = (0, ascending.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (ascending[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Whether an event is a diagnosis or a billing group of a hospital stay: never context within that stay, for it is coded afterwards.</summary>
    public bool IsCodedAfter(int position, long? hadmId)
    {
        var rank = Events[position].Type.Rank;
        return (rank == _diagnoses || rank == _drgcodes) && hadmId is not null && Events[position].HadmId == hadmId;
    }

    /// <summary>Whether an event may end a risk task's context.</summary>
    public bool MayEndContext(int position, long? hadmId) => Events[position].Type.IsShown && !IsCodedAfter(position, hadmId);

    // Only charts of the paper's release hold events without a time, and events out of order: those that its sorting did not know.
    private long StartIn(IReadOnlyList<ClinicalEvent> events, int position)
    {
        var before = _starts[position - 1];
        if (events[position].Start is not { Ticks: var start } || start < before)
            return before;
        var next = position + 1;
        while (next < events.Count && events[next].Start is null)
            next++;
        return next < events.Count && events[next].Start!.Value.Ticks is var after && after < start && after >= before ? before : start;
    }

    private int StayFor(long? hadmId, long? stayId, bool add)
    {
        var key = hadmId is { } hadm ? (hadm, 0L) : (0L, stayId ?? 0L);
        if (_stayIndex.TryGetValue(key, out var index))
            return index;
        if (!add)
            return -1;
        _stayIndex.Add(key, _stays.Count);
        _stays.Add([]);
        return _stays.Count - 1;
    }
}
