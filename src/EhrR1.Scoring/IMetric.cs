namespace EhrR1.Scoring;

/// <summary>A number claimed of a model on a task: the seam for a new metric.</summary>
/// <remarks>Implementations are stateless and safe to call from any thread.</remarks>
public interface IMetric
{
    /// <summary>Short lower-case name, as in reports and JSON (<c>f1</c>, <c>auroc</c>).</summary>
    string Name { get; }

    /// <summary>Whether a greater value is the better one.</summary>
    bool HigherIsBetter { get; }

    /// <summary>Does once what every bootstrap replicate would repeat: reading answers, sorting, sums by patient.</summary>
    /// <param name="samples">The task's samples with the model's answers, in any order.</param>
    /// <param name="patients">An index that knows every sample's patient; it may hold more patients than these samples
    /// do, so that several tasks or groups share one draw.</param>
    /// <returns>The metric over these samples, to be evaluated with any number of patients' counts.</returns>
    /// <exception cref="ArgumentException">A sample lacks what the metric needs, or its patient is not in the index.</exception>
    IPreparedMetric Prepare(IReadOnlyList<AnsweredSample> samples, PatientIndex patients);
}
