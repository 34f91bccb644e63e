using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>What a synthesis run wrote.</summary>
/// <param name="Teacher">Who wrote.</param>
/// <param name="Template">The prompt template; empty for the narrator.</param>
/// <param name="Tasks">The tasks in the order of the catalogue.</param>
/// <param name="Requests">Samples whose answers an endpoint gave, now or in earlier parts of the run; 0 for the narrator.</param>
/// <param name="Usage">Tokens used, earlier parts of the run included.</param>
/// <param name="Failures">The first hundred samples that got no answer, and why.</param>
/// <param name="Stopped">Why the rest was not asked; <see langword="null"/> if all were asked.</param>
public sealed record SynthesisReport(string Teacher, string Template, IReadOnlyList<SynthesisTask> Tasks, long Requests, TokenUsage Usage, IReadOnlyList<RequestFailure> Failures, string? Stopped)
{
    /// <summary>Samples without a chain, apart from those with nothing to explain by.</summary>
    public long Missing => Tasks.Sum(t => t.Samples - t.WithoutPaths - t.Answered);
}
