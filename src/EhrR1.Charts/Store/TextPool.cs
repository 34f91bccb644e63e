namespace EhrR1.Charts;

/// <summary>Shares equal strings of a column, so that a repeated name is kept once.</summary>
internal sealed class TextPool
{
    private const int MaxLength = 80;
    private const int Slots = 1024;
    private readonly string?[] _slots = new string?[Slots];

    /// <summary>An equal string seen before, or this one.</summary>
    public string Shared(string text)
    {
        if (text.Length > MaxLength)
            return text;
        ref var slot = ref _slots[StringComparer.Ordinal.GetHashCode(text) & (Slots - 1)];
        if (slot is not null && string.Equals(slot, text, StringComparison.Ordinal))
            return slot;
        slot = text;
        return text;
    }
}
