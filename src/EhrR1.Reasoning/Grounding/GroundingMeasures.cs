namespace EhrR1.Reasoning;

/// <summary>The measures of a chain, each from 0 to 1; docs/ins.md defines them.</summary>
/// <param name="Sections">How well its sections are those of its template.</param>
/// <param name="ExtractionFidelity">The share of what it cites and quotes that stands in the input.</param>
/// <param name="RelationSupport">The share of the pairs that its reasoning joins which something joins; NaN where there is neither graph nor terminology to say so.</param>
/// <param name="Derivation">The share of its final items that a step of the reasoning names.</param>
/// <param name="AnswerFidelity">The share of its final items that are the answer's and not copied; for a probability, what it gives the right answer.</param>
/// <param name="AnswerRecall">The share of the answer's items that it ends with.</param>
/// <param name="NoLeakage">1 where nothing betrays the answer, else 1 / (1 + the number of places that do).</param>
public sealed record GroundingMeasures(double Sections, double ExtractionFidelity, double RelationSupport, double Derivation, double AnswerFidelity, double AnswerRecall, double NoLeakage)
{
    /// <summary>The weighted mean of the measures that are defined: it grows with each of them.</summary>
    public double Score(GroundingWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        bool hasRelations = !double.IsNaN(RelationSupport);
        double sum = (weights.Sections * Sections) + (weights.ExtractionFidelity * ExtractionFidelity) + (weights.Derivation * Derivation)
            + (weights.AnswerFidelity * AnswerFidelity) + (weights.AnswerRecall * AnswerRecall) + (weights.NoLeakage * NoLeakage) + (hasRelations ? weights.RelationSupport * RelationSupport : 0);
        double all = weights.Sections + weights.ExtractionFidelity + weights.Derivation + weights.AnswerFidelity + weights.AnswerRecall + weights.NoLeakage + (hasRelations ? weights.RelationSupport : 0);
        return sum / all;
    }

    /// <summary>Whether each measure but the recall, which the published filter asks for, reaches a threshold; one that is not defined does.</summary>
    public bool Pass(double least) => Named().All(m => m.Name == "answer_recall" || !(m.Value < least));

    /// <summary>The measures with their names, in the order of reports.</summary>
    public IEnumerable<(string Name, double Value)> Named() =>
    [
        ("sections", Sections), ("extraction_fidelity", ExtractionFidelity), ("relation_support", RelationSupport), ("derivation", Derivation),
        ("answer_fidelity", AnswerFidelity), ("answer_recall", AnswerRecall), ("no_leakage", NoLeakage),
    ];
}
