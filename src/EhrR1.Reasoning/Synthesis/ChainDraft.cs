using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>What a teacher wrote for a sample.</summary>
/// <param name="Text">The chain as it came.</param>
/// <param name="Finish">Why it ended.</param>
public sealed record ChainDraft(string Text, FinishReason Finish);
