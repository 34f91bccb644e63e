namespace EhrR1.Tasks;

/// <summary>What building a benchmark gave; also written as <see cref="BenchmarkFiles.Audit"/>.</summary>
/// <param name="Size">How many samples each file holds.</param>
/// <param name="Audit">What the leakage audit found, by task.</param>
public sealed record BenchmarkResult(BenchmarkSize Size, IReadOnlyList<TaskAudit> Audit);
