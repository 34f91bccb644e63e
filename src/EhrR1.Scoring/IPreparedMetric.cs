namespace EhrR1.Scoring;

/// <summary>A metric over fixed samples, ready to be evaluated under any multiplicities of patients.</summary>
/// <remarks>Implementations are immutable: <see cref="Evaluate"/> is called from many threads at once.</remarks>
public interface IPreparedMetric
{
    /// <summary>Evaluates the metric with every sample counted as often as its patient.</summary>
    /// <param name="patientCounts">One count, not negative, for each position of the <see cref="PatientIndex"/> that the
    /// metric was prepared with; all ones give the plain score.</param>
    /// <returns>The score, or <see cref="double.NaN"/> where it is not defined (no samples; one class only).</returns>
    double Evaluate(ReadOnlySpan<int> patientCounts);
}
