using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>The narrator in the place of a teacher.</summary>
/// <remarks>Thread-safe if the counter of the budget is.</remarks>
/// <param name="narrator">The narrator.</param>
/// <param name="budget">What counts tokens and cuts inputs; <see langword="null"/> to tell from whole records.</param>
/// <param name="limit">Tokens that a prompt may have at most: what a model with no more of the record cannot see is not told.</param>
public sealed class NarratorTeacher(Narrator narrator, PromptBudget? budget = null, int limit = 0) : IChainTeacher
{
    /// <inheritdoc/>
    public string Name => Narrator.Name;

    /// <inheritdoc/>
    public string Template => narrator.TemplateUsed;

    /// <inheritdoc/>
    /// <remarks>Gives fewer chains, or none, where no fact of the input leads to an item.</remarks>
    public async Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taught);
        if (!Narrator.CanTell(taught.Sample.Task) || taught.Graph is not { } graph)
            return ([], default);
        var sample = await CutAsync(taught.Sample, cancellationToken).ConfigureAwait(false);
        return ([.. Enumerable.Range(0, count).Select(i => narrator.Tell(sample, graph, i)).OfType<ReasoningChain>().Select(c => new ChainDraft(c.Chain, FinishReason.Stop))], default);
    }

    private async ValueTask<Sample> CutAsync(Sample sample, CancellationToken cancellationToken)
    {
        if (budget is null)
            return sample;
        var question = CaseText.Question(sample.Instruction, thinks: true);
        var fitted = await budget.FitAsync(sample.Input, question, limit, sample.Id, cancellationToken).ConfigureAwait(false);
        return fitted.CutTokens == 0 ? sample : sample with { Input = fitted.Text[..^question.Length] };
    }
}
