namespace EhrR1.Models;

/// <summary>What went wrong with a call of an endpoint.</summary>
public enum EndpointFault
{
    /// <summary>There was no connection, or it was cut.</summary>
    Disconnected,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>Too many requests (429).</summary>
    RateLimited,

    /// <summary>The server failed (5xx), or said so in its answer.</summary>
    ServerError,

    /// <summary>The server does not take this request (4xx).</summary>
    Refused,

    /// <summary>The prompt and the new tokens do not fit the model's context.</summary>
    ContextTooLong,

    /// <summary>The server points elsewhere (3xx), where nothing is sent.</summary>
    Redirected,

    /// <summary>The answer is not JSON by its own words.</summary>
    WrongContentType,

    /// <summary>The answer is not JSON, or not of the protocol's form.</summary>
    MalformedBody,

    /// <summary>The answer holds no completion.</summary>
    NoChoices,
}
