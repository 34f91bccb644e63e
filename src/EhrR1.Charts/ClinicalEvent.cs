using System.Collections;

namespace EhrR1.Charts;

/// <summary>One entry of a chart: an event type, its time, its stay, and one or more items.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
public sealed class ClinicalEvent : IReadOnlyList<EventItem>
{
    private readonly ItemTable _table;
    private readonly int _first;

    /// <summary>Makes an event over a run of rows.</summary>
    /// <param name="position">The event's place in its chart, from 0.</param>
    /// <param name="table">The table that holds the rows.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows, at least 1.</param>
    /// <param name="hadmId">The hospital stay, or <see langword="null"/>.</param>
    /// <param name="stayId">The ED or ICU stay, or <see langword="null"/>.</param>
    public ClinicalEvent(int position, ItemTable table, int first, int count, long? hadmId, long? stayId)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Position = position;
        _table = table;
        _first = first;
        Count = count;
        HadmId = hadmId;
        StayId = stayId;
        Start = table.TimeOf(first);
        End = table.TimeOf(first + count - 1);
    }

    /// <summary>The event's place in its chart, from 0 (the demographics).</summary>
    public int Position { get; }

    /// <summary>The event type.</summary>
    public EventType Type => _table.Type;

    /// <summary>The first item's time; <see langword="null"/> for <c>patients</c>, and where the paper's release has none.</summary>
    public DateTime? Start { get; }

    /// <summary>The last item's time; <see langword="null"/> for <c>patients</c>, and where the paper's release has none.</summary>
    public DateTime? End { get; }

    /// <summary>The hospital stay that the event belongs to, or <see langword="null"/>.</summary>
    public long? HadmId { get; }

    /// <summary>The ED or ICU stay that the event belongs to, or <see langword="null"/>.</summary>
    public long? StayId { get; }

    /// <summary>The number of items, at least 1.</summary>
    public int Count { get; }

    /// <summary>An item by its index, from 0.</summary>
    public EventItem this[int index] => (uint)index < (uint)Count
        ? new EventItem(_table, _first + index)
        : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public IEnumerator<EventItem> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return new EventItem(_table, _first + i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name} [{Start:yyyy-MM-dd HH:mm:ss}] × {Count}";
}
