namespace EhrR1.Reasoning;

/// <summary>Why items of the answer follow that name one concept: lines of facts that share their way to it.</summary>
/// <param name="Items">The items as the answer has them, at least one.</param>
/// <param name="Name">The name of the concept that the lines lead to.</param>
/// <param name="Lines">The lines, the strongest first.</param>
internal sealed record Argument(IReadOnlyList<string> Items, string Name, IReadOnlyList<ArgumentLine> Lines);
