using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EhrR1.Charts;

/// <summary>Turns a column's texts into strings and shares equal ones, so that a repeated name is made and kept once.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
internal sealed class TextPool
{
    private const int MaxLength = 96;
    private const int Slots = 4096;
    private readonly string?[] _byContent = new string?[Slots];
    private readonly (char[]? Array, int Offset, int Length, int Column, string Text)[] _byPlace = new (char[]?, int, int, int, string)[Slots];
    private int _column;

    /// <summary>Begins a column: the memory of an earlier one's texts may hold other texts now.</summary>
    public void BeginColumn() => _column++;

    /// <summary>The string of a text: one seen before, where there is one.</summary>
    public string Shared(ReadOnlyMemory<char> text)
    {
        // Texts of a column's dictionary come as the same memory each time.
        if (!MemoryMarshal.TryGetArray(text, out var place) || place.Array is not { } array)
            return Shared(text.Span);
        ref var slot = ref _byPlace[(RuntimeHelpers.GetHashCode(array) + place.Offset) & (Slots - 1)];
        if (slot.Column != _column || slot.Array != array || slot.Offset != place.Offset || slot.Length != place.Count)
            slot = (array, place.Offset, place.Count, _column, Shared(text.Span));
        return slot.Text;
    }

    private string Shared(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return text.ToString();
        ref var slot = ref _byContent[string.GetHashCode(text) & (Slots - 1)];
        if (slot is null || !text.SequenceEqual(slot))
            slot = text.ToString();
        return slot;
    }
}
