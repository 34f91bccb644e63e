namespace EhrR1.Knowledge;

/// <summary>The concepts that stand in the free texts of one shard's charts, asserted and not denied, by patient and event.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class NoteTerms
{
    private readonly Dictionary<(long Subject, int Position), List<(string Term, DateTime? VisibleFrom)>> _terms = [];

    /// <summary>No free texts.</summary>
    public static NoteTerms None { get; } = new([]);

    /// <summary>Takes the concepts.</summary>
    public NoteTerms(IEnumerable<(long Subject, int Position, string Term, DateTime? VisibleFrom)> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (var (subject, position, term, visibleFrom) in terms)
        {
            if (!_terms.TryGetValue((subject, position), out var list))
                _terms.Add((subject, position), list = []);
            list.Add((term, visibleFrom));
        }
    }

    internal IReadOnlyList<(string Term, DateTime? VisibleFrom)> Of(long subject, int position) => _terms.TryGetValue((subject, position), out var list) ? list : [];
}
