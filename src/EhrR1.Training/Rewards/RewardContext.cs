using EhrR1.Knowledge;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>What a completion is grounded in: the sample with its input, and its thinking graph.</summary>
/// <remarks>Immutable. Give all completions of a prompt the same instance: what is looked up of it is kept as long as it lives.</remarks>
/// <param name="Sample">The sample.</param>
/// <param name="Graph">Its graph, or <see langword="null"/> where it has none.</param>
public sealed record RewardContext(Sample Sample, ThinkingGraph? Graph);
