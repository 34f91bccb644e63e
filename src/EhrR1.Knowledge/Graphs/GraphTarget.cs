namespace EhrR1.Knowledge;

/// <summary>An item of a sample's answer in its thinking graph.</summary>
/// <param name="Term">The item as the answer has it.</param>
/// <param name="Concept">The identifier of the concept that it names.</param>
/// <param name="Name">The concept's name.</param>
public sealed record GraphTarget(string Term, string Concept, string Name);
