namespace EhrR1.Hospital;

/// <summary>A stay in the ICU, in hours from admission.</summary>
internal sealed record IcuEpisode(double Start, double End);
