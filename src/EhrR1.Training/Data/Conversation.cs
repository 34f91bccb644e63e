using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>A case of an instruction set as it is read: messages, and what they are.</summary>
/// <param name="Messages">The messages; the last is the model's.</param>
/// <param name="IsReasoning">Whether the model's message holds a chain of reasoning.</param>
public sealed record Conversation(IReadOnlyList<PromptMessage> Messages, bool IsReasoning);
