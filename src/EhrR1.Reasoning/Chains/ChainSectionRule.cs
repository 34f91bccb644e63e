namespace EhrR1.Reasoning;

/// <summary>A section that a template declares.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Title">Its title as the template asks for it.</param>
/// <param name="Also">Titles that models write instead; case makes no difference.</param>
/// <param name="IsWording">Whether it begins at words within a sentence rather than at a heading: "Therefore, the answer is".</param>
public sealed record ChainSectionRule(ChainSectionKind Kind, string Title, IReadOnlyList<string> Also, bool IsWording = false)
{
    /// <summary>All titles.</summary>
    public IEnumerable<string> Titles => Also.Prepend(Title);
}
