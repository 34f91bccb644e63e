namespace EhrR1.Knowledge;

/// <summary>Enumerates the rows of a note's tokens that may name something, with the text to look up.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class NoteWindows(NoteWords words, NoteMatcherOptions options)
{
    private char[] _text = new char[256];
    private int _length;

    /// <summary>All windows whose text names a concept, in the order of their first and then of their last tokens.</summary>
    /// <param name="folded">The note in lower case.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="lookup">Says what a text names.</param>
    public List<NoteWindow> Find(string folded, ReadOnlySpan<NoteToken> tokens, WindowLookup lookup)
    {
        var windows = new List<NoteWindow>();
        for (int first = 0; first < tokens.Length; first++)
        {
            if (tokens[first].IsWord && !words.IsStop(tokens[first].Word))
                FindFrom(folded, tokens, first, lookup, windows);
        }

        return windows;
    }

    private void FindFrom(string folded, ReadOnlySpan<NoteToken> tokens, int first, WindowLookup lookup, List<NoteWindow> windows)
    {
        _length = 0;
        int count = 0;
        bool named = false, blank = false;
        for (int last = first; last < tokens.Length; last++)
        {
            var token = tokens[last];
            if (token.Kind > NoteTokenKind.LineEnd || (token.IsWord && ++count > options.MostWords))
                return;
            blank |= last > first && token.Start > tokens[last - 1].End;
            if (token.Kind == NoteTokenKind.LineEnd || words.IsArticle(token.Word))
                continue;
            if (!Append(folded.AsSpan(token.Start, token.Length), blank))
                return;
            blank = false;
            bool stop = words.IsStop(token.Word);
            named |= token.Kind == NoteTokenKind.Word && !stop;
            int length = token.End - tokens[first].Start;
            if (!token.IsWord || stop || !named || length < options.LeastLength)
                continue;
            if (lookup.Find(_text.AsSpan(0, _length)) is { Length: > 0 } hits)
                windows.Add(new NoteWindow(first, last, tokens[first].Start, length, hits));
        }
    }

    /// <summary>Lengthens the text; false where it is longer than any name.</summary>
    private bool Append(ReadOnlySpan<char> word, bool blank)
    {
        int length = _length + word.Length + 1;
        if (length > Trigrams.MostCodePoints)
            return false;
        if (length > _text.Length)
            Array.Resize(ref _text, length * 2);
        if (blank)
            _text[_length++] = ' ';
        word.CopyTo(_text.AsSpan(_length));
        _length += word.Length;
        return true;
    }
}
