using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Models;

/// <summary>The hash of all that decides what a model is asked: a request that is the same has the same one, a changed one another.</summary>
/// <remarks>The sample's id is no part of it: two samples with the same prompt are the same request.</remarks>
public static class RequestHash
{
    /// <summary>The SHA-256 of a request for completions, as lower-case hexadecimal digits.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="request">The request.</param>
    public static string Of(string model, GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(model, "generate", request.Prompt, json =>
        {
            var sampling = request.Sampling;
            json.WriteNumber("completions", request.Completions);
            json.WriteNumber("temperature", sampling.Temperature);
            json.WriteNumber("top_p", sampling.TopP);
            json.WriteNumber("top_k", sampling.TopK ?? 0);
            json.WriteNumber("max_new_tokens", sampling.MaxNewTokens);
            json.WritePropertyName("stop");
            JsonSerializer.Serialize(json, sampling.Stop);
            json.WritePropertyName("seed");
            JsonSerializer.Serialize(json, sampling.Seed);
        });
    }

    /// <summary>The SHA-256 of a request for the probabilities of answers, as lower-case hexadecimal digits.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="request">The request.</param>
    public static string Of(string model, AnswerScoringRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of(model, "score", request.Prompt, json =>
        {
            json.WritePropertyName("answers");
            JsonSerializer.Serialize(json, request.Answers);
            if (request.ThinkingTokens is { } tokens)
                json.WriteNumber("thinking_tokens", tokens);
        });
    }

    private static string Of(string model, string kind, ModelPrompt prompt, Action<Utf8JsonWriter> rest)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("kind", kind);
        json.WriteString("model", model);
        ChatCall.WriteMessages(json, prompt);
        json.WriteBoolean("continues", prompt.ContinuesLastMessage);
        json.WritePropertyName("template");
        WriteSorted(json, prompt.TemplateArguments);
        rest(json);
        json.WriteEndObject();
        json.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    // The order in which arguments were given decides nothing.
    private static void WriteSorted(Utf8JsonWriter json, JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            JsonSerializer.Serialize(json, node);
            return;
        }

        json.WriteStartObject();
        foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            WriteSorted(json, value);
        }

        json.WriteEndObject();
    }
}
