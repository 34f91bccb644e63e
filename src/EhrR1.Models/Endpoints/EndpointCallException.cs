namespace EhrR1.Models;

/// <summary>A call of an endpoint failed for any reason but the length of the prompt.</summary>
public sealed class EndpointCallException : EndpointException
{
    /// <summary>Makes the failure.</summary>
    /// <param name="fault">The kind of failure.</param>
    /// <param name="status">The HTTP status, if one came.</param>
    /// <param name="code">The server's error code, a single word, if it named one.</param>
    /// <param name="inner">The error behind it; its message must quote no prompt.</param>
    public EndpointCallException(EndpointFault fault, int? status = null, string? code = null, Exception? inner = null)
        : base(fault, Describe(fault, status, code), status, code, inner)
    {
    }

    private static string Describe(EndpointFault fault, int? status, string? code)
    {
        var what = fault switch
        {
            EndpointFault.Disconnected => "The connection to the endpoint failed or was cut",
            EndpointFault.TimedOut => "The endpoint did not answer in time",
            EndpointFault.RateLimited => "The endpoint says: too many requests",
            EndpointFault.ServerError => "The endpoint failed",
            EndpointFault.Refused => "The endpoint does not take the request",
            EndpointFault.ContextTooLong => "The prompt does not fit the model's context",
            EndpointFault.Redirected => "The endpoint points to another address, where nothing is sent",
            EndpointFault.WrongContentType => "The endpoint's answer is not JSON by its content type",
            EndpointFault.MalformedBody => "The endpoint's answer cannot be read",
            _ => "The endpoint's answer holds no completion",
        };
        return (status, code) switch
        {
            (null, null) => what,
            (null, _) => $"{what} ({code})",
            (_, null) => $"{what} ({status})",
            _ => $"{what} ({status}, {code})",
        };
    }
}
