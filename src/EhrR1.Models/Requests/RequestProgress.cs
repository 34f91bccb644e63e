namespace EhrR1.Models;

/// <summary>How far a stream of requests has come.</summary>
/// <param name="Done">Requests that were answered.</param>
/// <param name="Failed">Requests that failed for good.</param>
/// <param name="Total">How many there are; <see langword="null"/> where it is not known.</param>
/// <param name="TokensPerSecond">Tokens read and written a second, since the beginning.</param>
/// <param name="Cost">What was spent, in the currency of the ledger's prices; 0 without a ledger.</param>
/// <param name="TimeLeft">How long the rest takes at the pace so far; <see langword="null"/> where it cannot be said.</param>
public readonly record struct RequestProgress(long Done, long Failed, long? Total, double TokensPerSecond, decimal Cost, TimeSpan? TimeLeft);
