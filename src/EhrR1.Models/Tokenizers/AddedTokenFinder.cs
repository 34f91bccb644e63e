using System.Buffers;

namespace EhrR1.Models;

/// <summary>Finds added tokens in a template: the leftmost, and of several there the longest.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
internal sealed class AddedTokenFinder(IReadOnlyList<AddedToken> tokens)
{
    private readonly AddedToken[] _longestFirst = [.. tokens.OrderByDescending(t => t.Text.Length)];
    private readonly SearchValues<string> _texts = SearchValues.Create([.. tokens.Select(t => t.Text)], StringComparison.Ordinal);

    /// <summary>The next token from a place on; <see langword="null"/> if there is none.</summary>
    public (int Index, AddedToken Token)? Find(string text, int start)
    {
        var found = text.AsSpan(start).IndexOfAny(_texts);
        if (found < 0)
            return null;
        var rest = text.AsMemory(start + found);
        return (start + found, Array.Find(_longestFirst, t => rest.Span.StartsWith(t.Text, StringComparison.Ordinal))!);
    }
}
