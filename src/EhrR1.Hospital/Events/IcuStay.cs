namespace EhrR1.Hospital;

/// <summary>A stay in the ICU as registered.</summary>
internal sealed record IcuStay(long StayId, int Episode, string Unit, long In, long Out);
