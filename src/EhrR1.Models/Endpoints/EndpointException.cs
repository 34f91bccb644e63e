namespace EhrR1.Models;

/// <summary>A call of an endpoint failed; other calls may go well.</summary>
/// <remarks>The message names the kind of failure, the status and the server's error code. It never quotes the server's message: servers repeat prompts in theirs.</remarks>
public abstract class EndpointException : Exception
{
    private protected EndpointException(EndpointFault fault, string message, int? status, string? code, Exception? inner)
        : base(message, inner)
    {
        Fault = fault;
        Status = status;
        Code = code;
    }

    /// <summary>The kind of failure.</summary>
    public EndpointFault Fault { get; }

    /// <summary>The HTTP status; <see langword="null"/> if none came.</summary>
    public int? Status { get; }

    /// <summary>The server's own error code, a single word; <see langword="null"/> if it named none.</summary>
    public string? Code { get; }

    /// <summary>How long the server asks to wait; <see langword="null"/> if it said nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the server said, for finding out what it does not take; it may repeat the prompt and is never shown.</summary>
    internal EndpointError? Error { get; init; }

    /// <summary>Whether the same call may go well later.</summary>
    public bool IsTransient => Fault is not (EndpointFault.Refused or EndpointFault.ContextTooLong or EndpointFault.Redirected);

    /// <summary>Whether the server is there and says that it cannot answer just now.</summary>
    public bool IsBusy => Fault == EndpointFault.RateLimited || Status is 502 or 503 or 504;

    /// <summary>Whether it shows that the server is in trouble, not the request or the rate.</summary>
    public bool IsOutage => Fault is EndpointFault.Disconnected or EndpointFault.TimedOut or EndpointFault.ServerError;
}
