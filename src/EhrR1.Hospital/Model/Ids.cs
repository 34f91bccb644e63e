namespace EhrR1.Hospital;

/// <summary>Identifiers in the ranges of MIMIC-IV, each from the patient's place alone, so that no counter is shared between patients.</summary>
internal sealed class Ids(long index)
{
    public const int MostEncounters = 16;
    private const long StaysAPatient = 128;
    private const long RowsAPatient = 1L << 17;
    private long stays;
    private long rows;
    private long orders;
    private long specimens;

    public static long Subject(long index) => 10_000_001 + (index * 9) + (long)(((ulong)index * 0x9E3779B97F4A7C15UL) >> 32) % 9;

    /// <summary>Scattered over eight digits, one of sixteen of this patient.</summary>
    public long Admission(int encounter) => 20_000_000 + (((((index * MostEncounters) + encounter) * 7_368_787) + 1_234_567) % 10_000_000);

    /// <summary>A new identifier of a stay or a transfer; both share one range.</summary>
    public long NextStay() => 30_000_000 + (((((index * StaysAPatient) + (stays++ % StaysAPatient)) * 73_687_877) + 7_654_321) % 90_000_000);

    public long NextRow() => (index * RowsAPatient) + ++rows;

    public long NextOrder() => 10_000_000 + (index * 8192) + ++orders;

    public long NextSpecimen() => (index * 4096) + ++specimens;
}
