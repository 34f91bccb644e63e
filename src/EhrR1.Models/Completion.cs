namespace EhrR1.Models;

/// <summary>One completion of a prompt.</summary>
/// <param name="Text">All that was written, thinking included, as it came.</param>
/// <param name="Finish">Why it ended.</param>
public sealed record Completion(string Text, FinishReason Finish);
