namespace EhrR1.Models;

/// <summary>A request failed for a reason that may be shown; others may go well.</summary>
/// <param name="reason">The reason, without a word of the prompt.</param>
public sealed class RequestFailedException(string reason) : Exception(reason);
