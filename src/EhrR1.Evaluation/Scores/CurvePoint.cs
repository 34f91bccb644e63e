namespace EhrR1.Evaluation;

/// <summary>A point of a curve.</summary>
/// <param name="X">ROC: the false positive rate; reliability: the mean probability of a bin.</param>
/// <param name="Y">ROC: the true positive rate; reliability: the share of yes in the bin.</param>
/// <param name="Samples">Reliability: the bin's samples.</param>
public sealed record CurvePoint(double X, double Y, int? Samples = null);
