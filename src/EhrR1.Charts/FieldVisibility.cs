namespace EhrR1.Charts;

/// <summary>From when on a field of an item may be read, in the <see cref="ChartProfile.Strict"/> profile.</summary>
public enum FieldVisibility
{
    /// <summary>As soon as the item itself is visible.</summary>
    WithItem,

    /// <summary>From the item's <c>endtime</c>: totals and durations.</summary>
    FromEnd,

    /// <summary>Never: a final status that is only known afterwards.</summary>
    Never,
}
