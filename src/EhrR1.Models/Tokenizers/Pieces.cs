using System.Buffers;
using System.Text.RegularExpressions;

namespace EhrR1.Models;

/// <summary>Walks over the pieces of a text, first to last; for one <c>foreach</c>, which gives the memory back.</summary>
internal ref struct Pieces : IDisposable
{
    private readonly ReadOnlySpan<char> _text;
    private readonly bool _keepsGaps;
    private char[]? _rented;
    private Regex.ValueMatchEnumerator _matches;
    private int _next;
    private int _foldedNext;
    private int _matchStart;
    private int _matchEnd;

    public Pieces(ReadOnlySpan<char> text, SplitPattern pattern, bool keepsGaps)
    {
        _text = text;
        _keepsGaps = keepsGaps;
        var folded = text;
        if (text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            _rented = ArrayPool<char>.Shared.Rent(text.Length);
            folded = _rented.AsSpan(0, SplitPattern.Fold(text, _rented));
        }

        FoldedLength = folded.Length;
        _matches = pattern.Matches(folded);
    }

    private int FoldedLength { get; }

    /// <summary>The piece's place in the text.</summary>
    public Range Current { get; private set; }

    public readonly Pieces GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_foldedNext < FoldedLength)
        {
            if (_matchEnd <= _foldedNext && _matchStart <= _foldedNext)
                FindMatch();
            if (_foldedNext < _matchStart)
            {
                Advance(_matchStart - _foldedNext);
                if (_keepsGaps)
                    return true;
                continue;
            }

            Advance(_matchEnd - _foldedNext);
            return true;
        }

        return false;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<char>.Shared.Return(_rented);
        _rented = null;
    }

    private void FindMatch()
    {
        (_matchStart, _matchEnd) = (FoldedLength, FoldedLength);
        while (_matches.MoveNext())
        {
            if (_matches.Current.Length == 0)
                continue;
            (_matchStart, _matchEnd) = (_matches.Current.Index, _matches.Current.Index + _matches.Current.Length);
            return;
        }
    }

    // Each folded character stands for one of the text, of one half or two.
    private void Advance(int folded)
    {
        var start = _next;
        if (_rented is null)
        {
            _next += folded;
        }
        else
        {
            for (var i = 0; i < folded; i++)
                _next += char.IsHighSurrogate(_text[_next]) ? 2 : 1;
        }

        _foldedNext += folded;
        Current = start.._next;
    }
}
