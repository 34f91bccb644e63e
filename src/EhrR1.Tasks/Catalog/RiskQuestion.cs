namespace EhrR1.Tasks;

/// <summary>Answers a risk task from what the records say happened.</summary>
/// <param name="facts">What is known of the anchor's future.</param>
/// <returns>Whether it happened; <see langword="null"/> where the records cannot say, so that there is no sample.</returns>
public delegate bool? RiskQuestion(RiskFacts facts);
