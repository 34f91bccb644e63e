namespace EhrR1.Knowledge;

/// <summary>Why a fact bears on an item of the answer: how often they go together, and by which relations.</summary>
/// <param name="Fact">The fact's place in <see cref="ThinkingGraph.Facts"/>.</param>
/// <param name="Target">The item's place in <see cref="ThinkingGraph.Targets"/>.</param>
/// <param name="Lift">How many times as often they occur together as they would by chance.</param>
/// <param name="Together">n(t, h): samples of the training patients with both.</param>
/// <param name="Paths">The ways from the fact's concept to the item's, best first: name, relation, name, …; one name alone where both name the same concept.</param>
public sealed record GraphEdge(int Fact, int Target, double Lift, long Together, IReadOnlyList<IReadOnlyList<string>> Paths);
