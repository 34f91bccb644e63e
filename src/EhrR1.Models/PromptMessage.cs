namespace EhrR1.Models;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Text">What is said; patients' text stands here as plain text, so no part of it is read as a special token.</param>
public sealed record PromptMessage(PromptRole Role, string Text);
