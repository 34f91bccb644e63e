using System.Text.Json.Nodes;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>Bodies of answers by the protocol.</summary>
internal static class Replies
{
    public static JsonObject Chat(params string[] texts) => new()
    {
        ["id"] = "1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "tiny",
        ["choices"] = new JsonArray([.. texts.Select((t, i) => (JsonNode)Choice(t, i))]),
        ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 2 * texts.Length, ["total_tokens"] = 10 + (2 * texts.Length), ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 4 } },
    };

    public static JsonObject Choice(string text, int index = 0, string finish = "stop") => new()
    {
        ["index"] = index,
        ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = text },
        ["finish_reason"] = finish,
    };

    /// <summary>An answer of one token with the probabilities of others; the first is the one written.</summary>
    public static JsonObject FirstTokens(params (string Token, double Probability)[] tokens)
    {
        var reply = Chat(tokens[0].Token);
        var first = Token(tokens[0]);
        first["top_logprobs"] = new JsonArray([.. tokens.Select(t => (JsonNode)Token(t))]);
        reply["choices"]![0]!["logprobs"] = new JsonObject { ["content"] = new JsonArray(first) };
        return reply;
    }

    public static JsonObject Models(params string[] names) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. names.Select(n => (JsonNode)new JsonObject { ["id"] = n, ["object"] = "model", ["owned_by"] = "vllm", ["max_model_len"] = 4096 })]),
    };

    private static JsonObject Token((string Token, double Probability) token)
        => new() { ["token"] = token.Token, ["logprob"] = Math.Log(token.Probability), ["bytes"] = null };
}
