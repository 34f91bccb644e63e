namespace EhrR1.Knowledge;

/// <summary>How well the terms of one field were linked; serialises to JSON as it stands.</summary>
/// <param name="EventType">The event type's name, or "all".</param>
/// <param name="Field">The field's name; empty for all.</param>
/// <param name="Rows">How many rows have a term.</param>
/// <param name="Terms">How many different texts they have.</param>
/// <param name="RowsByWay">Rows linked by each way.</param>
/// <param name="RowsByWayOfText">Rows linked by each way where text alone counts.</param>
/// <param name="TermsLinked">Texts that were linked in some row.</param>
/// <param name="TermsLinkedByText">Texts that were linked by text alone.</param>
/// <param name="Misses">The most frequent texts that were not linked, the most frequent first.</param>
public sealed record FieldCoverage(
    string EventType,
    string Field,
    long Rows,
    int Terms,
    IReadOnlyDictionary<LinkWay, long> RowsByWay,
    IReadOnlyDictionary<LinkWay, long> RowsByWayOfText,
    int TermsLinked,
    int TermsLinkedByText,
    IReadOnlyList<MissedTerm> Misses)
{
    /// <summary>Rows linked by any way.</summary>
    public long RowsLinked => RowsByWay.Values.Sum();

    /// <summary>Rows linked where text alone counts.</summary>
    public long RowsLinkedByText => RowsByWayOfText.Values.Sum();
}
