namespace EhrR1.Reasoning;

/// <summary>Why an item of the answer follows: lines of facts that share their way to it.</summary>
/// <param name="Item">The item as the answer has it.</param>
/// <param name="Name">The name of the concept that the lines lead to.</param>
/// <param name="Lines">The lines, the strongest first.</param>
internal sealed record Argument(string Item, string Name, IReadOnlyList<ArgumentLine> Lines);
