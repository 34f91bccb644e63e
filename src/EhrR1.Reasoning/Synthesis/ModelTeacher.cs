using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>A language model that explains samples, asked by a template.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="model">The model.</param>
/// <param name="template">The prompt template.</param>
/// <param name="budget">What counts tokens and cuts inputs.</param>
/// <param name="limit">Tokens that a prompt may have at most.</param>
/// <param name="sampling">How tokens are drawn; as published, a temperature of 0.5.</param>
public sealed class ModelTeacher(ILanguageModel model, TeacherTemplate template, PromptBudget budget, int limit, SamplingSettings sampling) : IChainTeacher
{
    /// <inheritdoc/>
    public string Name => model.Name;

    /// <inheritdoc/>
    public string Template => template.Id;

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taught);
        // Asked with nothing to go by, it would give chains that look like those with knowledge.
        if (template.ShowsKnowledge && !taught.HasPaths)
            return ([], default);
        var prompt = await template.RenderAsync(taught.Sample, taught.Graph, budget, limit, cancellationToken).ConfigureAwait(false);
        var response = await model.GenerateAsync(new GenerationRequest { Prompt = prompt, Completions = count, Sampling = sampling }, cancellationToken).ConfigureAwait(false);
        return ([.. response.Completions.Select(c => new ChainDraft(c.Text, c.Finish))], response.Usage);
    }
}
