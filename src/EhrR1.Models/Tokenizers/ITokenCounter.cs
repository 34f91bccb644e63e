namespace EhrR1.Models;

/// <summary>Counts how many tokens a text is to a model.</summary>
/// <remarks>Implementations are safe for use by any number of threads.</remarks>
public interface ITokenCounter
{
    /// <summary>What counts, as it stands in the run (<c>tokenizer.json</c>, <c>endpoint</c>, <c>estimate</c>).</summary>
    string Name { get; }

    /// <summary>Whether the count is the model's own, not an estimate.</summary>
    bool IsExact { get; }

    /// <summary>Counts the tokens of a text; special tokens in it are plain text.</summary>
    /// <param name="text">The text, without any chat template around it.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask<int> CountAsync(string text, CancellationToken cancellationToken = default);
}
