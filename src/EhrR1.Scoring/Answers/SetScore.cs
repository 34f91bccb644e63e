namespace EhrR1.Scoring;

/// <summary>How well one answered set of items meets the true set.</summary>
/// <param name="Precision">Share of the answered items that are true, 0 to 1.</param>
/// <param name="Recall">Share of the true items that were answered, 0 to 1.</param>
/// <param name="F1">Harmonic mean of the two, 0 to 1; equal to 2 · hits / (answered + true).</param>
/// <remarks>Source: EHR-R1 (arXiv 2510.25628), evaluation of the decision-making tasks; a task's score is the mean of the
/// samples' F1, the headline the macro mean over tasks.</remarks>
public readonly record struct SetScore(double Precision, double Recall, double F1)
{
    /// <summary>Scores one answer against the truth.</summary>
    /// <param name="answer">Answered items as <see cref="AnswerReader.ReadItems"/> gives them.</param>
    /// <param name="truth">True items as <see cref="AnswerReader.NormalizeLabels"/> gives them.</param>
    /// <returns>All three at 0 when one of the sets is empty, at 1 when both are.</returns>
    public static SetScore Of(IReadOnlySet<string> answer, IReadOnlySet<string> truth)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(truth);
        if (answer.Count == 0 && truth.Count == 0) return new(1, 1, 1);
        int hits = 0;
        foreach (string item in answer)
        {
            if (truth.Contains(item)) hits++;
        }

        return hits == 0
            ? default
            : new((double)hits / answer.Count, (double)hits / truth.Count, 2.0 * hits / (answer.Count + truth.Count));
    }

    /// <summary>Reads a model's text and scores it against a sample's labels.</summary>
    /// <param name="output">All that the model wrote, thinking included.</param>
    /// <param name="labels">The sample's true items.</param>
    /// <returns>The score of the answered set.</returns>
    public static SetScore Of(string output, IEnumerable<string> labels) =>
        Of(AnswerReader.ReadItems(output), AnswerReader.NormalizeLabels(labels));
}
