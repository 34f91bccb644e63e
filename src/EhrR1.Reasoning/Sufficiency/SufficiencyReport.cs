using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>What the test of sufficiency found; it stands in <c>check.json</c>.</summary>
/// <param name="Model">The model that answered.</param>
/// <param name="Least">The F1 that its answers had to reach.</param>
/// <param name="Tasks">The tasks in the order of the catalogue, the sum over all at the end.</param>
/// <param name="Usage">Tokens used, earlier parts of the run included.</param>
/// <param name="Failures">The first hundred chains that got no answer, and why.</param>
/// <param name="Stopped">Why the rest was not tested; <see langword="null"/> if all were.</param>
public sealed record SufficiencyReport(string Model, double Least, IReadOnlyList<SufficiencyTask> Tasks, TokenUsage Usage, IReadOnlyList<RequestFailure> Failures, string? Stopped);
