namespace EhrR1.Reasoning;

/// <summary>Facts that lead to an item over the same relations.</summary>
/// <param name="Facts">The facts, at least one.</param>
/// <param name="Path">The way of the first: name, relation, name, …; one name alone where the facts name the item itself.</param>
internal sealed record ArgumentLine(IReadOnlyList<ToldFact> Facts, IReadOnlyList<string> Path)
{
    /// <summary>Whether the facts name the item itself.</summary>
    public bool IsSame => Path.Count == 1;
}
