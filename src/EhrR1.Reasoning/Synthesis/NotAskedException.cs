namespace EhrR1.Reasoning;

/// <summary>A teacher was not asked about a sample, or did not answer.</summary>
internal sealed class NotAskedException : Exception
{
    public NotAskedException()
        : base("The teacher has not answered.")
    {
    }

    public NotAskedException(string message)
        : base(message)
    {
    }

    public NotAskedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
