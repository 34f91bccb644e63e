namespace EhrR1.Tasks;

/// <summary>A risk anchor with its context, its prediction time and what happened afterwards.</summary>
/// <param name="Window">The context before anything is left out, the anchor's own event included.</param>
/// <param name="PredictionTime">The moment of the question.</param>
/// <param name="Facts">What happened.</param>
internal sealed record RiskCase(ContextWindow Window, DateTime PredictionTime, RiskFacts Facts);
