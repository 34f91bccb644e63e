using System.Runtime.InteropServices;

namespace EhrR1.Reasoning;

/// <summary>Phrases with a number each, found in a text at the words that they begin with; the longest counts.</summary>
/// <remarks>Filled by one thread; then safe for any number of threads.</remarks>
internal sealed class PhraseTable
{
    private readonly Dictionary<ulong, Entry> _entries = [];

    /// <summary>The number of phrases.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a phrase; one that is there already keeps its number.</summary>
    /// <returns>The phrase's number; −1 for a text without a word.</returns>
    public int Add(ReadOnlySpan<char> phrase, int value)
    {
        var words = ChainWord.Read(phrase);
        ulong hash = 0;
        for (int i = 0; i < words.Length; i++)
        {
            hash = ChainWord.Join(hash, words[i].Hash);
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, hash, out _);
            if (i < words.Length - 1)
            {
                entry.GoesOn = true;
                continue;
            }

            if (!entry.IsPhrase)
            {
                entry = entry with { IsPhrase = true, Value = value };
                Count++;
            }

            return entry.Value;
        }

        return -1;
    }

    /// <summary>The longest phrase that begins at a word.</summary>
    /// <param name="words">The words.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="value">The phrase's number.</param>
    /// <returns>How many words it has; 0 where none begins there.</returns>
    public int Match(ReadOnlySpan<ChainWord> words, int at, out int value)
    {
        ulong hash = 0;
        int length = 0;
        value = -1;
        for (int i = at; i < words.Length; i++)
        {
            hash = ChainWord.Join(hash, words[i].Hash);
            if (!_entries.TryGetValue(hash, out var entry))
                break;
            if (entry.IsPhrase)
                (length, value) = (i - at + 1, entry.Value);
            if (!entry.GoesOn)
                break;
        }

        return length;
    }

    /// <summary>Whether a text is a phrase.</summary>
    public bool Contains(ReadOnlySpan<char> phrase) => _entries.TryGetValue(ChainWord.PhraseHash(phrase), out var entry) && entry.IsPhrase;

    /// <summary>A table of phrases that all count the same.</summary>
    public static PhraseTable Of(IEnumerable<string> phrases)
    {
        var table = new PhraseTable();
        int next = 0;
        foreach (var phrase in phrases)
            table.Add(phrase, next++);
        return table;
    }

    private record struct Entry(bool IsPhrase, bool GoesOn, int Value);
}
