using System.Text.Json.Nodes;

namespace EhrR1.Models;

/// <summary>A conversation that a model continues, and the task's question it was made from.</summary>
/// <param name="Messages">The messages in their order; the last one is the user's, or the beginning of the model's own (<see cref="ContinuesLastMessage"/>).</param>
/// <param name="Question">The question, for models that read it rather than the messages (the baselines); a language model passes over it.</param>
public sealed record ModelPrompt(IReadOnlyList<PromptMessage> Messages, TaskQuestion? Question = null)
{
    /// <summary>Arguments of the chat template that are sent with the request (<c>enable_thinking</c>); <see langword="null"/>, the default value, for none.</summary>
    public JsonObject? TemplateArguments { get; init; }

    /// <summary>Whether the last message is the model's own beginning, which it is to go on with. The default value is <see langword="false"/>.</summary>
    public bool ContinuesLastMessage { get; init; }

    /// <summary>Makes the prompt of a question as it is: one user message, the input with its instruction.</summary>
    public static ModelPrompt Of(TaskQuestion question) => new([new PromptMessage(PromptRole.User, question.Text)], question);
}
