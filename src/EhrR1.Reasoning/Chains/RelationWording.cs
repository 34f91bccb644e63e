namespace EhrR1.Reasoning;

/// <summary>The wordings of a relation.</summary>
/// <param name="Forward">From its subject to its object: "treats".</param>
/// <param name="Inverse">From its object to its subject: "is treated by".</param>
internal sealed record RelationWording(IReadOnlyList<string> Forward, IReadOnlyList<string> Inverse)
{
    /// <summary>The code of a wording that says only that there is some relation.</summary>
    public const int Loose = -2;

    /// <summary>A relation and its direction as one number.</summary>
    public static int CodeOf(int family, bool isInverse) => (family * 2) + (isInverse ? 1 : 0);

    /// <summary>The mention that a code stands for.</summary>
    public static RelationMention Mention(TextSpan span, int code) => code < 0 ? new RelationMention(span, -1, false) : new RelationMention(span, code / 2, code % 2 == 1);
}
