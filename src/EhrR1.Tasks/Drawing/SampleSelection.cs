namespace EhrR1.Tasks;

/// <summary>Which samples were drawn.</summary>
/// <remarks>Keeps 64-bit hashes of ids, so that millions fit in memory. Immutable; safe for use by any number of threads.</remarks>
public sealed class SampleSelection
{
    private readonly HashSet<ulong> _ids;

    internal SampleSelection(HashSet<ulong> ids, DrawOptions options)
    {
        _ids = ids;
        Options = options;
    }

    /// <summary>What was asked for.</summary>
    public DrawOptions Options { get; }

    /// <summary>How many samples were drawn.</summary>
    public int Count => _ids.Count;

    /// <summary>Whether a row's sample was drawn.</summary>
    public bool Contains(TaskIndexRow row) => _ids.Contains(HashOf(row));

    internal static ulong HashOf(TaskIndexRow row)
    {
        var hash = new StableHash(seed: 0);
        hash.Add(row.Id);
        return hash.Value;
    }
}
