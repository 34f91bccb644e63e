namespace EhrR1.Hospital;

/// <summary>A unit of the hospital: a ward, an ICU, the ED or a theatre's recovery room.</summary>
internal sealed record CareUnit(string Name, string Kind, IReadOnlyList<string> Services, double Weight);
