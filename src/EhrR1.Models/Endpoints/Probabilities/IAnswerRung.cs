namespace EhrR1.Models;

/// <summary>One way to the probability of given answers at one endpoint.</summary>
internal interface IAnswerRung
{
    /// <summary>Its name out of <see cref="AnswerRungs"/>.</summary>
    string Name { get; }

    /// <summary>Scores the answers.</summary>
    /// <returns>The scores, or none if this rung does not reach for this prompt, with the tokens that finding out cost.</returns>
    /// <exception cref="EndpointException">The call failed.</exception>
    Task<RungResult> ScoreAsync(AnswerScoringRequest request, CancellationToken cancellationToken);
}
