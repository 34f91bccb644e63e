namespace EhrR1.Models;

/// <summary>Whether a model thinks before it answers.</summary>
public enum ThinkingHabit
{
    /// <summary>It is not known; room for thinking is kept.</summary>
    Unknown,

    /// <summary>Never.</summary>
    Never,

    /// <summary>As it is told.</summary>
    AsTold,

    /// <summary>Always; an empty think block may keep it from it, without its having been trained for that.</summary>
    Always,
}
