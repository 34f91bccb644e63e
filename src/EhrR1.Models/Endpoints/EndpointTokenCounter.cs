namespace EhrR1.Models;

/// <summary>Counts tokens by asking the server that runs the model.</summary>
/// <remarks>The count is that of the server, which reads special tokens in a text as the server reads them in a prompt. Safe for use by any number of threads.</remarks>
public sealed class EndpointTokenCounter : ITokenCounter
{
    private readonly ServerTokenizer _tokenizer;

    internal EndpointTokenCounter(ServerTokenizer tokenizer) => _tokenizer = tokenizer;

    /// <inheritdoc/>
    public string Name => "endpoint";

    /// <inheritdoc/>
    public bool IsExact => true;

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async ValueTask<int> CountAsync(string text, CancellationToken cancellationToken = default)
        => text.Length == 0 ? 0 : (await _tokenizer.TokensAsync(text, cancellationToken)).Count;
}
