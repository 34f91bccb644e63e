namespace EhrR1.Tasks;

/// <summary>One number of a <see cref="Departure"/>.</summary>
/// <param name="What">What was counted, in words.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many; 0 where there is no whole.</param>
public sealed record DepartureCount(string What, long Count, long Of);
