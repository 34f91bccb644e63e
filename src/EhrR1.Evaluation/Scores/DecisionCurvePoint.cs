namespace EhrR1.Evaluation;

/// <summary>A point of a decision curve: what acting from one probability on is worth, in true positives a sample.</summary>
/// <param name="Threshold">The probability from which one would act.</param>
/// <param name="Model">Net benefit of acting where the model says at least that.</param>
/// <param name="TreatAll">Net benefit of acting on everyone; acting on no one has 0.</param>
public sealed record DecisionCurvePoint(double Threshold, double Model, double TreatAll);
