namespace EhrR1.Evaluation;

/// <summary>How far a run has come.</summary>
public enum RunState
{
    /// <summary>It is under way, or was stopped before its end; starting it again goes on.</summary>
    Unfinished,

    /// <summary>Every sample was asked, but some calls failed; starting it again asks those.</summary>
    Partial,

    /// <summary>Every sample was asked and none failed.</summary>
    Complete,
}
