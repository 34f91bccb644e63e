using System.Text.Json;

namespace EhrR1.Models;

/// <summary>One completion of a <see cref="ChatReply"/>.</summary>
/// <param name="Completion">Its text, thinking included, and why it ended.</param>
/// <param name="FirstTokens">How probable tokens were at its first place: the one written and those beside it; empty if the server says nothing.</param>
internal sealed record ChatChoice(Completion Completion, IReadOnlyList<TokenProbability> FirstTokens)
{
    // What vLLM and OpenAI write for a token whose probability was not among those computed.
    private const double NotComputed = -9999;

    public static ChatChoice Read(JsonElement choice)
    {
        var finish = FinishOf(choice);
        var message = choice.GetProperty("message");
        var text = Text(message, "content");
        if (text.Length == 0 && Text(message, "refusal") is { Length: > 0 } refusal)
            return new ChatChoice(new Completion(refusal, FinishReason.Filtered), []);
        // vLLM and SGLang take the thinking out of the text and give it apart; put back, one text holds all that was written.
        var thinking = Text(message, "reasoning_content") is { Length: > 0 } content ? content : Text(message, "reasoning");
        if (thinking.Length > 0 && !text.Contains("</think>", StringComparison.Ordinal))
            text = finish == FinishReason.Length && text.Length == 0 ? $"<think>\n{thinking}" : $"<think>\n{thinking.Trim('\n')}\n</think>\n\n{text.TrimStart('\n')}";
        return new ChatChoice(new Completion(text, finish), First(choice));
    }

    private static FinishReason FinishOf(JsonElement choice) => Text(choice, "finish_reason") switch
    {
        "length" or "max_tokens" => FinishReason.Length,
        "content_filter" => FinishReason.Filtered,
        "abort" or "error" => throw new EndpointCallException(EndpointFault.ServerError),
        _ => FinishReason.Stop,
    };

    // Text, or a list of parts of which some are text (Mistral); anything else has none.
    private static string Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() ?? "";
        return value.ValueKind == JsonValueKind.Array
            ? string.Concat(value.EnumerateArray().Where(p => p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out _)).Select(p => Text(p, "text")))
            : "";
    }

    private static IReadOnlyList<TokenProbability> First(JsonElement choice)
    {
        if (!choice.TryGetProperty("logprobs", out var given) || given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("content", out var places) || places.ValueKind != JsonValueKind.Array || places.GetArrayLength() == 0)
        {
            return [];
        }

        var place = places[0];
        var tokens = new List<TokenProbability>();
        if (place.TryGetProperty("top_logprobs", out var top) && top.ValueKind == JsonValueKind.Array)
        {
            foreach (var token in top.EnumerateArray())
                Add(tokens, token);
        }

        // The token that was written may or may not stand among the others too.
        var beside = tokens.Count;
        Add(tokens, place);
        if (tokens.Count > beside && tokens.FindIndex(0, beside, t => t == tokens[beside]) >= 0)
            tokens.RemoveAt(beside);
        return tokens;
    }

    private static void Add(List<TokenProbability> tokens, JsonElement token)
    {
        if (token.TryGetProperty("token", out var text) && text.ValueKind == JsonValueKind.String && token.TryGetProperty("logprob", out var value)
            && value.ValueKind == JsonValueKind.Number && value.GetDouble() is var log and > NotComputed && log <= 1e-6)
        {
            tokens.Add(new TokenProbability(text.GetString()!, Math.Min(log, 0)));
        }
    }
}
