using System.Numerics;

namespace EhrR1.Knowledge;

/// <summary>How often a target occurs with each term of the history: a hash table while few do, an array over all terms once many do.</summary>
/// <remarks>An array costs 4 bytes a term that there is, a hash table 8 a slot, of which at most half are filled; the smaller of both is held. Not thread-safe.</remarks>
internal sealed class CountRow
{
    private const int LeastSlots = 16;

    // Terms with 1 added, so that 0 is an empty slot; empty once the row is an array.
    private int[] _terms = new int[LeastSlots];
    private int[] _counts = new int[LeastSlots];
    private int _filled;

    /// <summary>The memory that the row takes, in bytes.</summary>
    public long Bytes => 4L * (_terms.Length + _counts.Length);

    private bool IsArray => _terms.Length == 0;

    /// <summary>Counts terms, each once.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="termCount">How many terms there are: each is below.</param>
    public void Add(ReadOnlySpan<int> terms, int termCount)
    {
        if (IsArray)
        {
            if (_counts.Length < termCount)
                Array.Resize(ref _counts, (int)BitOperations.RoundUpToPowerOf2((uint)termCount));
            var counts = _counts;
            foreach (int term in terms)
                counts[term]++;
            return;
        }

        int done = 0;
        foreach (int term in terms)
        {
            if (_filled * 2 >= _terms.Length && !Grow(termCount))
            {
                Add(terms[done..], termCount);
                return;
            }

            AddOne(term);
            done++;
        }
    }

    /// <summary>What was counted, by ascending term.</summary>
    public IEnumerable<(int Term, int Count)> Sorted()
    {
        if (IsArray)
        {
            for (int term = 0; term < _counts.Length; term++)
            {
                if (_counts[term] > 0)
                    yield return (term, _counts[term]);
            }

            yield break;
        }

        var terms = new int[_filled];
        var counts = new int[_filled];
        int at = 0;
        for (int slot = 0; slot < _terms.Length; slot++)
        {
            if (_terms[slot] == 0)
                continue;
            terms[at] = _terms[slot] - 1;
            counts[at++] = _counts[slot];
        }

        Array.Sort(terms, counts);
        for (int i = 0; i < at; i++)
            yield return (terms[i], counts[i]);
    }

    private void AddOne(int term)
    {
        int mask = _terms.Length - 1;
        int slot = (int)((uint)term * 0x9E37_79B9u >> 7) & mask;
        while (_terms[slot] != term + 1)
        {
            if (_terms[slot] == 0)
            {
                _terms[slot] = term + 1;
                _filled++;
                break;
            }

            slot = (slot + 1) & mask;
        }

        _counts[slot]++;
    }

    /// <summary>Doubles the hash table, or makes it an array where that is smaller.</summary>
    /// <returns>Whether the row is a hash table still.</returns>
    private bool Grow(int termCount)
    {
        var terms = _terms;
        var counts = _counts;
        if (terms.Length * 4L >= termCount)
        {
            _terms = [];
            _counts = new int[(int)BitOperations.RoundUpToPowerOf2((uint)termCount)];
            for (int i = 0; i < terms.Length; i++)
            {
                if (terms[i] != 0)
                    _counts[terms[i] - 1] = counts[i];
            }

            return false;
        }

        _terms = new int[terms.Length * 2];
        _counts = new int[terms.Length * 2];
        _filled = 0;
        int mask = _terms.Length - 1;
        for (int i = 0; i < terms.Length; i++)
        {
            if (terms[i] == 0)
                continue;
            int slot = (int)((uint)(terms[i] - 1) * 0x9E37_79B9u >> 7) & mask;
            while (_terms[slot] != 0)
                slot = (slot + 1) & mask;
            _terms[slot] = terms[i];
            _counts[slot] = counts[i];
            _filled++;
        }

        return true;
    }
}
