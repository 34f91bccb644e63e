using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Writes a model's prompts for samples.</summary>
/// <remarks>Implementations are safe for use by any number of threads.</remarks>
public interface ISamplePrompts
{
    /// <summary>Writes a sample's prompt.</summary>
    /// <param name="sample">The sample; its answer is not read.</param>
    /// <param name="refused">How often the model found the prompt too long although it was written for the context that the model named; each time it gets shorter.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EhrR1Exception">The question alone does not fit the model's context.</exception>
    Task<WrittenPrompt> WriteAsync(BenchmarkSample sample, int refused, CancellationToken cancellationToken);

    /// <summary>Takes note of the context that the model named when it found a prompt too long.</summary>
    /// <param name="limit">The context in tokens; <see langword="null"/> if it named none.</param>
    /// <returns>Whether a shorter prompt may do.</returns>
    /// <exception cref="EhrR1Exception">The user asked for more than the model has.</exception>
    bool Learn(int? limit);
}
