namespace EhrR1.Models;

/// <summary>A run of a rendered conversation.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsTemplate">Whether the template wrote it, so that the names of tokens in it are tokens.</param>
internal readonly record struct ChatPiece(string Text, bool IsTemplate)
{
    /// <summary>Whether the part that the model has to write begins here.</summary>
    public bool BeginsCompletion { get; init; }

    public static ChatPiece OfTemplate(string text) => new(text, IsTemplate: true);

    public static ChatPiece OfMessage(string text) => new(text, IsTemplate: false);
}
