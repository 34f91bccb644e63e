namespace EhrR1.Models;

/// <summary>A line of a batch's answers that gave none.</summary>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Reason">More about it, without a word of the prompt.</param>
public sealed record BatchLineFault(BatchLineFaultKind Kind, string File, int Line, string Reason);
