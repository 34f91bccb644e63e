using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>The narrator in the place of a teacher.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="narrator">The narrator.</param>
public sealed class NarratorTeacher(Narrator narrator) : IChainTeacher
{
    /// <inheritdoc/>
    public string Name => Narrator.Name;

    /// <inheritdoc/>
    public string Template => narrator.TemplateUsed;

    /// <inheritdoc/>
    /// <remarks>Gives fewer chains, or none, where no fact of the input leads to an item.</remarks>
    public Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taught);
        IReadOnlyList<ChainDraft> chains = Narrator.CanTell(taught.Sample.Task) && taught.Graph is { } graph
            ? [.. Enumerable.Range(0, count).Select(i => narrator.Tell(taught.Sample, graph, i)).OfType<ReasoningChain>().Select(c => new ChainDraft(c.Chain, FinishReason.Stop))]
            : [];
        return Task.FromResult((chains, default(TokenUsage)));
    }
}
