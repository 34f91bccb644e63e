namespace EhrR1.Models;

/// <summary>A prompt and its new tokens do not fit the model's context.</summary>
public sealed class ContextLengthException : EndpointException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="limit">The model's context in tokens as the server names it; <see langword="null"/> if it does not.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The server's error code, if it named one.</param>
    public ContextLengthException(int? limit, int? status = null, string? code = null)
        : base(EndpointFault.ContextTooLong, limit is null ? "The prompt does not fit the model's context" : $"The prompt does not fit the model's context of {limit} tokens", status, code, null)
        => Limit = limit;

    /// <summary>The model's context in tokens, prompt and new tokens together; <see langword="null"/> if the server does not name it.</summary>
    public int? Limit { get; }
}
