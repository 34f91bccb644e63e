namespace EhrR1.Cli;

/// <summary>How a thing that the doctor looked at is.</summary>
internal enum DoctorState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Something that is not always needed is missing.</summary>
    Note,

    /// <summary>Something that the program cannot do without is missing or broken.</summary>
    Bad,
}
