namespace EhrR1.Reasoning;

/// <summary>Where a laboratory value stands to its reference range.</summary>
internal enum RangeLevel
{
    /// <summary>Value or range is not known.</summary>
    Unknown,

    /// <summary>Below it.</summary>
    Below,

    /// <summary>Within it.</summary>
    Within,

    /// <summary>Above it.</summary>
    Above,
}
