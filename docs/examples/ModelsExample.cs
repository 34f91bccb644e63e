using EhrR1.Models;

namespace EhrR1.Examples;

/// <summary>Models: anything that answers questions stands behind one interface.</summary>
public static class ModelsExample
{
    /// <summary>The probability of yes that a model gives to a question.</summary>
    public static async Task<double?> RiskAsync(ILanguageModel model, TaskQuestion question, CancellationToken cancellationToken)
    {
        var request = new AnswerScoringRequest(ModelPrompt.Of(question), ["yes", "no"]);
        var scores = await model.ScoreAnswersAsync(request, cancellationToken);
        return scores?.ShareOfFirst();
    }
}
