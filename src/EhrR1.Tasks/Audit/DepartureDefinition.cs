namespace EhrR1.Tasks;

/// <summary>A departure before anything is counted.</summary>
internal sealed record DepartureDefinition(string Key, string Holds, string Point, string Why, string[] Whats, Action<ProfilePair, DepartureTally> Count);
