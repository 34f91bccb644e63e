namespace EhrR1.Knowledge;

/// <summary>The concepts that stand in the free texts of one shard's charts, asserted and not denied, by patient and event.</summary>
/// <remarks>Immutable; safe for any number of threads.</remarks>
public sealed class NoteTerms
{
    private readonly Dictionary<(long Subject, int Position), List<NoteTerm>> _terms = [];

    /// <summary>No free texts.</summary>
    public static NoteTerms None { get; } = new([]);

    /// <summary>Takes the concepts.</summary>
    /// <param name="terms">For each the patient, the event's place in the chart, the concept's name, when it is known from, and how the text first spells it.</param>
    public NoteTerms(IEnumerable<(long Subject, int Position, string Term, DateTime? VisibleFrom, string Spelling)> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        foreach (var (subject, position, term, visibleFrom, spelling) in terms)
        {
            if (!_terms.TryGetValue((subject, position), out var list))
                _terms.Add((subject, position), list = []);
            list.Add(new NoteTerm(term, visibleFrom, spelling));
        }
    }

    internal IReadOnlyList<NoteTerm> Of(long subject, int position) => _terms.TryGetValue((subject, position), out var list) ? list : [];
}
