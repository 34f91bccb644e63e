namespace EhrR1.Knowledge;

/// <summary>A term with its concepts, the best first, and the way by which its text alone would have found any.</summary>
internal sealed record LinkedTerm(IReadOnlyList<ConceptLink> Links, LinkWay? ByText)
{
    public LinkWay? Way => Links.Count == 0 ? null : Links[0].Way;
}
