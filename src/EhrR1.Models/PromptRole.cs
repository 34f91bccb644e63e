namespace EhrR1.Models;

/// <summary>Who speaks in a conversation.</summary>
public enum PromptRole
{
    /// <summary>The rules of the conversation.</summary>
    System,

    /// <summary>The one who asks.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}
