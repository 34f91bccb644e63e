namespace EhrR1.Knowledge;

/// <summary>Finds names by their <see cref="NormalForm"/>: a sorted array of hashes in the store, and the names' numbers beside it.</summary>
/// <remarks>12 bytes a name, written when the store is built, so that opening a store of UMLS's size reads nothing. Safe for any number of threads.</remarks>
internal sealed class NormalNames
{
    private readonly NameIndex _names;
    private readonly Section<ulong> _hashes;
    private readonly Section<int> _numbers;

    public NormalNames(SectionFile file, NameIndex names)
    {
        _names = names;
        _hashes = file.Get<ulong>(StoreSections.NormalHashes);
        _numbers = file.Get<int>(StoreSections.NormalNames);
    }

    /// <summary>Writes the arrays.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">The lower-cased name of a number; called from several threads.</param>
    /// <param name="count">The number of names.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Write(SectionWriter writer, Func<int, string> name, int count, CancellationToken cancellationToken)
    {
        var hashes = new ulong[count];
        var numbers = new int[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            hashes[i] = Hash(NormalForm.Of(name(i)));
            numbers[i] = i;
        });
        hashes.AsSpan().Sort(numbers.AsSpan());
        writer.Write<ulong>(StoreSections.NormalHashes, hashes);
        writer.Write<int>(StoreSections.NormalNames, numbers);
    }

    /// <summary>The numbers of the names that have a normal form, in their order.</summary>
    /// <param name="form">A normal form; the empty one is no name's.</param>
    public List<int> Find(string form)
    {
        var found = new List<int>();
        if (form.Length == 0)
            return found;
        var hashes = _hashes.Span;
        ulong hash = Hash(form);
        int low = 0, high = hashes.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (hashes[middle] < hash)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < hashes.Length && hashes[low] == hash; low++)
        {
            int number = _numbers.Span[low];
            if (NormalForm.Of(_names.Name(number)) == form)
                found.Add(number);
        }

        found.Sort();
        return found;
    }

    /// <summary>FNV-1a over the code units, with a last mix; part of the file's format.</summary>
    private static ulong Hash(string form)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325;
        foreach (char c in form)
            hash = (hash ^ c) * 0x0000_0100_0000_01B3;
        hash ^= hash >> 32;
        return hash * 0x9E37_79B9_7F4A_7C15;
    }
}
