namespace EhrR1.Knowledge;

/// <summary>A way from one concept to another over relations.</summary>
/// <param name="Steps">The steps, at least one; each begins where the one before ends.</param>
/// <param name="Cost">How general the path is, in bits: the lower, the more it says. Paths of one length compare by it.</param>
public sealed record ConceptPath(IReadOnlyList<PathStep> Steps, double Cost)
{
    /// <summary>The path in words: name, relation, name, …, each relation named in the direction in which it is walked.</summary>
    /// <param name="terminology">The terminology that the path was found in.</param>
    public IReadOnlyList<string> Words(Terminology terminology)
    {
        ArgumentNullException.ThrowIfNull(terminology);
        var words = new string[(Steps.Count * 2) + 1];
        words[0] = terminology.Name(Steps[0].From);
        for (int i = 0; i < Steps.Count; i++)
        {
            words[(i * 2) + 1] = RelationNames.Walked(terminology.RelationName(Steps[i].Relation), Steps[i].IsReversed);
            words[(i * 2) + 2] = terminology.Name(Steps[i].To);
        }

        return words;
    }

    /// <summary>The path as one line: <c>furosemide – treats – heart failure</c>.</summary>
    /// <param name="terminology">The terminology that the path was found in.</param>
    public string Text(Terminology terminology) => string.Join(" – ", Words(terminology));

    /// <summary>Whether two paths have the same steps.</summary>
    public bool Equals(ConceptPath? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc/>
    public override int GetHashCode() => Steps.Aggregate(Steps.Count, HashCode.Combine);
}
