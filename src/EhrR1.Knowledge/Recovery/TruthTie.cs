namespace EhrR1.Knowledge;

/// <summary>How two terms of a synthetic hospital's charts stand to each other in the truth behind it.</summary>
public enum TruthTie
{
    /// <summary>The truth does not know one of the terms.</summary>
    Unknown,

    /// <summary>The hospital was made without a relation between them.</summary>
    None,

    /// <summary>Both name one thing, or one names a class that the other belongs to.</summary>
    Same,

    /// <summary>Each is related to one and the same condition: a laboratory value that it raises, a drug that treats it.</summary>
    ThroughCondition,

    /// <summary>A relation joins them.</summary>
    Direct,
}
