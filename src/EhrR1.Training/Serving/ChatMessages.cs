using System.Text.Json;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Reads the messages of a conversation, as OpenAI's protocol and vLLM have them.</summary>
internal static class ChatMessages
{
    private const string Field = "messages";

    public static IReadOnlyList<PromptMessage> Read(CallFields call)
    {
        if (call.Find(Field) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            throw ServingFault.Wrong(Field, "must be a list of one message at least");
        return [.. list.EnumerateArray().Select(Read)];
    }

    private static PromptMessage Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw ServingFault.Wrong(Field, "holds what is no message");
        var message = new CallFields(element);
        var role = message.Text("role") switch
        {
            "system" or "developer" => PromptRole.System,
            "user" => PromptRole.User,
            "assistant" => PromptRole.Assistant,
            _ => throw ServingFault.Wrong(Field, "holds a message whose role is none of system, developer, user and assistant"),
        };
        var text = message.Find("content") is { } content ? TextOf(content) : role == PromptRole.Assistant ? "" : throw ServingFault.Wrong(Field, "holds a message without content");
        // Thoughts that a client keeps apart stand in one text with the answer here.
        return role == PromptRole.Assistant && (message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } thoughts
            ? new PromptMessage(role, $"<think>\n{thoughts.Trim('\n')}\n</think>\n\n{text}")
            : new PromptMessage(role, text);
    }

    // A text, or a list of parts of which all are texts.
    private static string TextOf(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return CallFields.TextOf(content, Field);
        if (content.ValueKind != JsonValueKind.Array || content.EnumerateArray().Any(p => p.ValueKind != JsonValueKind.Object || !p.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String))
            throw ServingFault.Wrong(Field, "holds content that is no text");
        return string.Join('\n', content.EnumerateArray().Select(p => CallFields.TextOf(p.GetProperty("text"), Field)));
    }
}
