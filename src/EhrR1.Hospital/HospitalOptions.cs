namespace EhrR1.Hospital;

/// <summary>Settings of a synthetic hospital.</summary>
public sealed record HospitalOptions
{
    /// <summary>The number of patients. The default value is 500.</summary>
    public long Patients { get; init; } = 500;

    /// <summary>The seed that, with a patient's id, fixes everything about that patient. The default value is 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The first year of the shifted calendar. The default value is 2110.</summary>
    public int StartYear { get; init; } = 2110;

    /// <summary>The number of calendar years over which patients' anchor years are spread. The default value is 90.</summary>
    public int Years { get; init; } = 90;

    /// <summary>The number of threads; the files do not depend on it. The default value is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
