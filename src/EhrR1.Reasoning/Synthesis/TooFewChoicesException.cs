namespace EhrR1.Reasoning;

/// <summary>A batch answered a request with fewer completions than it asks for; those that are there are the answer to a request for as many.</summary>
internal sealed class TooFewChoicesException : Exception
{
    public TooFewChoicesException()
        : base("The answer has fewer completions than were asked for.")
    {
    }

    public TooFewChoicesException(string message)
        : base(message)
    {
    }

    public TooFewChoicesException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How many are there.</summary>
    public int Given { get; init; }
}
