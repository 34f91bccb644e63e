namespace EhrR1.Models;

/// <summary>What is wrong with a line of a batch's answers.</summary>
public enum BatchLineFaultKind
{
    /// <summary>The service says that the request failed.</summary>
    Failed,

    /// <summary>Its request was answered by another line already.</summary>
    Duplicate,

    /// <summary>It answers no request of this run.</summary>
    Foreign,

    /// <summary>It is cut off, or no answer at all.</summary>
    Damaged,
}
