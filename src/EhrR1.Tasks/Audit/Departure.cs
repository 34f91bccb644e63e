namespace EhrR1.Tasks;

/// <summary>One point in which we depart from the paper's release, and what it changes on a given source.</summary>
/// <param name="Key">A short name that stays.</param>
/// <param name="Holds">Where it holds: <c>both</c> for a correction in both profiles, <c>strict</c> for the strict profile alone.</param>
/// <param name="Point">What is different.</param>
/// <param name="Why">Why.</param>
/// <param name="Counts">What it changes.</param>
public sealed record Departure(string Key, string Holds, string Point, string Why, IReadOnlyList<DepartureCount> Counts);
