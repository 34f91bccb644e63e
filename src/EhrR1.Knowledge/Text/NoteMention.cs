namespace EhrR1.Knowledge;

/// <summary>A place of a text that names a concept.</summary>
/// <param name="Start">Where it starts, in UTF-16 characters of the text.</param>
/// <param name="Length">Its length in UTF-16 characters.</param>
/// <param name="Concept">The concept's number in the <see cref="Terminology"/>.</param>
/// <param name="Name">The number in <see cref="Terminology.Names"/> of the concept's name that is most similar to the place.</param>
/// <param name="Similarity">How similar that name is, above 0 and at most 1.</param>
/// <param name="Marks">Why it may not be the patient's.</param>
/// <param name="Section">The heading that it stands under, such as "Past Medical History", or empty.</param>
public readonly record struct NoteMention(int Start, int Length, int Concept, int Name, double Similarity, MentionMarks Marks, string Section)
{
    /// <summary>Whether it is denied.</summary>
    public bool IsNegated => Marks.HasFlag(MentionMarks.Negated);

    /// <summary>Whether it is said of the patient's family.</summary>
    public bool IsOfFamily => Marks.HasFlag(MentionMarks.OfFamily);

    /// <summary>Whether it is what the patient is allergic to.</summary>
    public bool IsOfAllergy => Marks.HasFlag(MentionMarks.OfAllergy);

    /// <summary>Whether it is looked for, prevented or warned of.</summary>
    public bool IsHypothetical => Marks.HasFlag(MentionMarks.Hypothetical);

    /// <summary>Whether it says that the patient has, or is given, what it names: it has no mark.</summary>
    public bool IsAsserted => Marks == MentionMarks.None;
}
