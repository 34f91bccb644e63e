using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>A sample that a teacher explains, with its thinking graph.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Graph">Its graph.</param>
public sealed record TaughtSample(Sample Sample, ThinkingGraph Graph);
