namespace EhrR1.Knowledge;

/// <summary>What a phrase of a <see cref="ContextRule"/> does.</summary>
[Flags]
internal enum ContextRole
{
    /// <summary>It looks like another phrase and says nothing.</summary>
    Pseudo = 0,

    /// <summary>It marks what stands behind it.</summary>
    Before = 1,

    /// <summary>It marks what stands before it, back to a comma.</summary>
    After = 2,

    /// <summary>It marks what stands before it, over commas.</summary>
    AfterList = 4,

    /// <summary>No mark passes it.</summary>
    Ends = 8,
}
