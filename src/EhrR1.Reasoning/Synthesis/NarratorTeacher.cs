using System.Text;
using EhrR1.Knowledge;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>The narrator in the place of a teacher.</summary>
/// <remarks>Thread-safe if the counter of the budget is.</remarks>
/// <param name="narrator">The narrator.</param>
/// <param name="budget">What counts tokens and cuts inputs; <see langword="null"/> to tell all, from whole records.</param>
/// <param name="limit">Tokens that a prompt may have at most: what a model with no more of the record cannot see is not told. The default value is <see cref="int.MaxValue"/>.</param>
/// <param name="most">Tokens that a chain may have at most: of one that is longer, each item takes fewer facts, the best ones. The default value is <see cref="int.MaxValue"/>.</param>
public sealed class NarratorTeacher(Narrator narrator, PromptBudget? budget = null, int limit = int.MaxValue, int most = int.MaxValue) : IChainTeacher
{
    /// <inheritdoc/>
    public string Name => Narrator.Name;

    /// <inheritdoc/>
    public string Template => narrator.TemplateUsed;

    /// <inheritdoc/>
    /// <remarks>Gives fewer chains, or none, where no fact of the input leads to an item, or what is to be said is longer than a chain may be even with one fact for each item.</remarks>
    public async Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taught);
        if (!Narrator.CanTell(taught.Sample.Task) || taught.Graph is not { } graph)
            return ([], default);
        var sample = await CutAsync(taught.Sample, cancellationToken).ConfigureAwait(false);
        var chains = new List<ChainDraft>(count);
        for (int i = 0; i < count; i++)
        {
            if (await TellAsync(sample, graph, i, cancellationToken).ConfigureAwait(false) is { } chain)
                chains.Add(new ChainDraft(chain, FinishReason.Stop));
        }

        return (chains, default);
    }

    private async ValueTask<string?> TellAsync(Sample sample, ThinkingGraph graph, int variant, CancellationToken cancellationToken)
    {
        for (int facts = Narrator.MostFacts; facts > 0; facts--)
        {
            if (narrator.Tell(sample, graph, variant, facts)?.Chain is not { } chain)
                return null;
            // A token is a byte at least, so a text of no more bytes than that need not be counted.
            if (budget is null || Encoding.UTF8.GetByteCount(chain) <= most || await budget.Counter.CountAsync(chain, cancellationToken).ConfigureAwait(false) <= most)
                return chain;
        }

        return null;
    }

    private async ValueTask<Sample> CutAsync(Sample sample, CancellationToken cancellationToken)
    {
        if (budget is null || limit == int.MaxValue)
            return sample;
        var question = CaseText.Question(sample.Instruction, thinks: true);
        var fitted = await budget.FitAsync(sample.Input, question, limit, sample.Id, cancellationToken).ConfigureAwait(false);
        return fitted.CutTokens == 0 ? sample : sample with { Input = fitted.Text[..^question.Length] };
    }
}
