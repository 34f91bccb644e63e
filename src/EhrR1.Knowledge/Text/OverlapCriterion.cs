namespace EhrR1.Knowledge;

/// <summary>Which of two mentions that overlap is kept; the two criteria of QuickUMLS.</summary>
public enum OverlapCriterion
{
    /// <summary>The more similar one, then the longer one, then the first.</summary>
    Similarity,

    /// <summary>The longer one, then the more similar one, then the first.</summary>
    Length,
}
