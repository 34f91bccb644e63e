namespace EhrR1.Reasoning;

/// <summary>A place in a text, in UTF-16 characters.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">Its length.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Where it ends: the place behind its last character.</summary>
    public int End => Start + Length;

    /// <summary>The place's own text.</summary>
    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);

    /// <summary>Whether a place lies inside this one.</summary>
    public bool Holds(TextSpan other) => other.Start >= Start && other.End <= End;

    internal static TextSpan Between(int start, int end) => new(start, Math.Max(0, end - start));

    /// <summary>The place without the white space at its ends.</summary>
    internal static TextSpan Trimmed(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return Between(start, end);
    }
}
