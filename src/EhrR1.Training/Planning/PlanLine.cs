namespace EhrR1.Training;

/// <summary>One figure of a plan, with how it comes about.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Formula">The formula with its numbers.</param>
/// <param name="Value">The value: bytes, floating-point operations, seconds or a count, as the list says that it stands in.</param>
public sealed record PlanLine(string Name, string Formula, double Value);
