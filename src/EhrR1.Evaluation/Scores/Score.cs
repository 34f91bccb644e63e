using EhrR1.Scoring;

namespace EhrR1.Evaluation;

/// <summary>A number with its 95 % interval.</summary>
/// <param name="Metric">The metric's name (<c>f1</c>, <c>auroc</c>).</param>
/// <param name="Value">The number; <see langword="null"/> where it is not defined.</param>
/// <param name="Low">Lower bound; <see langword="null"/> where no replicate is defined, and for a single patient.</param>
/// <param name="High">Upper bound; <see langword="null"/> where no replicate is defined, and for a single patient.</param>
public sealed record Score(string Metric, double? Value, double? Low = null, double? High = null)
{
    internal static Score Of(string metric, ScoreInterval interval) => new(metric, Defined(interval.Value), Defined(interval.Low), Defined(interval.High));

    internal static double? Defined(double value) => double.IsNaN(value) ? null : value;
}
