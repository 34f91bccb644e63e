using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Two teachers side by side: one for decisions, another for risks.</summary>
/// <remarks>Thread-safe if both are.</remarks>
/// <param name="decisions">Explains the answers of decisions.</param>
/// <param name="risks">Weighs risks.</param>
public sealed class RiskTeacher(IChainTeacher decisions, IChainTeacher risks) : IChainTeacher
{
    /// <inheritdoc/>
    public string Name => decisions.Name;

    /// <inheritdoc/>
    public string Template => decisions.Template + ", " + risks.Template;

    /// <inheritdoc/>
    public string TemplateOf(TaskDefinition task) => Of(task).TemplateOf(task);

    /// <inheritdoc/>
    public Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(taught);
        return Of(taught.Sample.Task).TeachAsync(taught, count, cancellationToken);
    }

    private IChainTeacher Of(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Kind == TaskKind.Risk ? risks : decisions;
    }
}
