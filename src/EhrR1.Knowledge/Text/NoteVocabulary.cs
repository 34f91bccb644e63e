namespace EhrR1.Knowledge;

/// <summary>Numbers for the words that rules name, so that a text's words are looked up once.</summary>
/// <remarks>Safe for any number of threads once it is filled.</remarks>
internal sealed class NoteVocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NoteVocabulary() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>One more than the greatest number.</summary>
    public int Count => _numbers.Count + 1;

    /// <summary>A word's number, a new one if need be.</summary>
    public int Add(ReadOnlySpan<char> word)
    {
        if (!_lookup.TryGetValue(word, out int number))
            _lookup[word] = number = Count;
        return number;
    }

    /// <summary>A word's number, or 0.</summary>
    public int Find(ReadOnlySpan<char> word) => _lookup.TryGetValue(word, out int number) ? number : 0;
}
