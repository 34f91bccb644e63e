namespace EhrR1.Models;

/// <summary>A request that failed for good.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Reason">Why, without a word of the prompt.</param>
public sealed record RequestFailure(string Id, string Reason);
