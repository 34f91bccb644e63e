namespace EhrR1.Charts;

/// <summary>The part of a hospital's records that an event type comes from; the order is that of the sort rank.</summary>
public enum EventModule
{
    /// <summary>Hospital-wide records.</summary>
    Hosp,

    /// <summary>Free-text notes.</summary>
    Note,

    /// <summary>The emergency department.</summary>
    Ed,

    /// <summary>The intensive care units.</summary>
    Icu,
}
