using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>One event as it stands in a model's input: its type and the text of its items' fields.</summary>
/// <remarks>Immutable once it was read; safe for use by any number of threads.</remarks>
public sealed class InputEvent
{
    private readonly string _text;
    private readonly List<EventField?> _fields = [];
    private readonly List<(int Start, int Length)> _cells = [];

    internal InputEvent(string text, EventType type)
    {
        _text = text;
        Type = type;
    }

    /// <summary>The event type.</summary>
    public EventType Type { get; }

    /// <summary>The number of items; 0 only for a type without fields.</summary>
    public int Count => _fields.Count == 0 ? 0 : _cells.Count / _fields.Count;

    /// <summary>The text of an item's field; empty where the input does not show it, or shows a missing value (<c>nan</c>, <c>None</c>).</summary>
    /// <param name="item">The item, from 0.</param>
    /// <param name="field">A field of this event type.</param>
    public ReadOnlySpan<char> this[int item, EventField field]
    {
        get
        {
            var column = _fields.IndexOf(field);
            if (column < 0)
                return default;
            var (start, length) = _cells[(item * _fields.Count) + column];
            var value = _text.AsSpan(start, length);
            return value is "nan" or "None" ? default : value;
        }
    }

    internal int Columns => _fields.Count;

    internal void AddColumn(EventField? field) => _fields.Add(field);

    internal void AddCell(int start, int length) => _cells.Add((start, length));

    internal void ExtendLast(int end) => _cells[^1] = (_cells[^1].Start, end - _cells[^1].Start);
}
