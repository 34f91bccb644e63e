namespace EhrR1.Tasks;

/// <summary>How many samples a benchmark holds.</summary>
/// <param name="Decisions">Samples of decision tasks, the extra ones included.</param>
/// <param name="Risks">Samples of risk tasks.</param>
public readonly record struct BenchmarkSize(long Decisions, long Risks);
