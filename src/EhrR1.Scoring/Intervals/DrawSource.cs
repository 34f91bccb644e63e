namespace EhrR1.Scoring;

/// <summary>What replicates were drawn from: only scores of one source may be combined replicate by replicate.</summary>
internal readonly record struct DrawSource(ulong Seed, int Replicates, ulong Patients);
