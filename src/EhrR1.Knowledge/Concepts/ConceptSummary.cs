namespace EhrR1.Knowledge;

/// <summary>What the concepts of a workspace's charts reach.</summary>
/// <param name="Events">Events that were read.</param>
/// <param name="EventsWithConcepts">Events with a term that names a concept.</param>
/// <param name="Notes">Free texts that were read.</param>
/// <param name="Mentions">Places in free texts that name a concept.</param>
/// <param name="AssertedMentions">Those that say that the patient has it.</param>
/// <param name="Fields">How well the terms of each field were linked, then all together.</param>
public sealed record ConceptSummary(long Events, long EventsWithConcepts, long Notes, long Mentions, long AssertedMentions, IReadOnlyList<FieldCoverage> Fields);
