using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Writes chains of reasoning for samples: a language model, or the narrator.</summary>
/// <remarks>Implementations are safe for concurrent calls from any number of threads.</remarks>
public interface IChainTeacher
{
    /// <summary>Who writes: the model's name, or "narrator".</summary>
    string Name { get; }

    /// <summary>The prompt template and its version; empty where there is none.</summary>
    string Template { get; }

    /// <summary>The prompt template that a task's samples are asked by.</summary>
    /// <param name="task">The task.</param>
    string TemplateOf(TaskDefinition task) => Template;

    /// <summary>Writes chains for a sample.</summary>
    /// <param name="taught">The sample with its graph.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>At most as many chains as were asked for, none where nothing can be said, with the tokens used.</returns>
    /// <exception cref="EndpointException">The call of an endpoint failed; others may go well.</exception>
    Task<(IReadOnlyList<ChainDraft> Chains, TokenUsage Usage)> TeachAsync(TaughtSample taught, int count, CancellationToken cancellationToken = default);
}
