namespace EhrR1.Models;

/// <summary>Why a completion ended.</summary>
public enum FinishReason
{
    /// <summary>The model ended it, or a stop text was met.</summary>
    Stop,

    /// <summary>The limit of new tokens was met: the answer may be cut off.</summary>
    Length,

    /// <summary>The endpoint's filter cut it.</summary>
    Filtered,

    /// <summary>The model declines this task altogether; the text is empty.</summary>
    NotAnswered,
}
