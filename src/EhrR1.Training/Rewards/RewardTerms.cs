using EhrR1.Reasoning;

namespace EhrR1.Training;

/// <summary>The terms of one reward before they are weighted; NaN where a term does not apply.</summary>
/// <param name="Accuracy">Decisions: set F1 of the answer's lines, 0 to 1. Risks: 1 where yes or no is right, else 0.</param>
/// <param name="Format">1 where the completion has the published form, else −1.</param>
/// <param name="Grounding">Decisions: the weighted mean of <paramref name="Measures"/>, 0 to 1; 0 where there is no chain.</param>
/// <param name="Calibration">Risks: the score of P(yes) by the rule of the options.</param>
/// <param name="Measures">The measures of the chain, or <see langword="null"/> where grounding was not asked for or there is no chain.</param>
public sealed record RewardTerms(double Accuracy, double Format, double Grounding, double Calibration, GroundingMeasures? Measures)
{
    /// <summary>The terms that apply with their names, in the order of logs.</summary>
    public IEnumerable<(string Name, double Value)> Named()
    {
        yield return ("accuracy", Accuracy);
        yield return ("format", Format);
        if (!double.IsNaN(Grounding))
            yield return ("grounding", Grounding);
        if (!double.IsNaN(Calibration))
            yield return ("calibration", Calibration);
    }
}
