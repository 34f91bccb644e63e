namespace EhrR1.Knowledge;

/// <summary>A heading in a note; what stands behind it, up to the next one, is its section.</summary>
/// <param name="Start">Where the heading starts, in UTF-16 characters.</param>
/// <param name="End">Where its section starts.</param>
/// <param name="Heading">The heading as mentions carry it.</param>
/// <param name="Mark">The mark of all mentions of the section.</param>
internal readonly record struct NoteHeading(int Start, int End, string Heading, MentionMarks Mark);
