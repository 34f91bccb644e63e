namespace EhrR1.Knowledge;

/// <summary>A term of a sample's target and a term of its history, each as the chart writes it.</summary>
/// <param name="Target">The target's term.</param>
/// <param name="History">The history's term.</param>
public readonly record struct TermPair(string Target, string History);
