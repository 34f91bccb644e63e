namespace EhrR1.Knowledge;

/// <summary>A heading of notes.</summary>
/// <param name="Heading">The heading as mentions carry it.</param>
/// <param name="Also">How else it is written.</param>
/// <param name="Mark">The mark of all mentions under it. The default value is none.</param>
internal sealed record SectionRule(string Heading, IReadOnlyList<string> Also, MentionMarks Mark = MentionMarks.None);
