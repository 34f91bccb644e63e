using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The tokenizer of the server that runs the model, where it lends it out: vLLM and SGLang, or llama.cpp.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class ServerTokenizer
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly EndpointClient _client;
    private readonly string _model;
    private readonly Uri _route;
    private readonly bool _isLlamaCpp;

    private ServerTokenizer(EndpointClient client, string model, Uri route, bool isLlamaCpp)
    {
        _client = client;
        _model = model;
        _route = route;
        _isLlamaCpp = isLlamaCpp;
    }

    /// <summary>Looks for it; <see langword="null"/> if the server has none.</summary>
    public static async Task<ServerTokenizer?> FindAsync(EndpointClient client, string model, CancellationToken cancellationToken)
    {
        foreach (var (route, isLlamaCpp) in new[] { (client.Address.ServerRoute("tokenize"), false), (client.Address.ServerRoute("tokenize"), true), (client.Address.ApiRoute("tokenize"), false) })
        {
            var tokenizer = new ServerTokenizer(client, model, route, isLlamaCpp);
            try
            {
                // Two words are two tokens or a few more; anything else is another kind of answer.
                if (await tokenizer.TokensAsync("yes no", cancellationToken) is { Count: >= 2 and <= 6 })
                    return tokenizer;
            }
            catch (Exception e) when (e is EndpointException { IsBusy: false } or EhrR1Exception)
            {
                // Not of this kind.
            }
        }

        return null;
    }

    /// <summary>The tokens of a text without anything around it.</summary>
    /// <exception cref="EndpointException">The call failed.</exception>
    public Task<IReadOnlyList<int>> TokensAsync(string text, CancellationToken cancellationToken) => AskAsync(
        _isLlamaCpp
            ? new JsonObject { ["content"] = text, ["add_special"] = false, ["parse_special"] = false }
            : new JsonObject { ["model"] = _model, ["prompt"] = text, ["add_special_tokens"] = false },
        cancellationToken);

    /// <summary>The tokens of a whole prompt as the server's chat template makes it, up to where the answer begins; <see langword="null"/> if it does not say.</summary>
    /// <exception cref="EndpointException">The call failed in a way that asking again may mend.</exception>
    public async Task<IReadOnlyList<int>?> PromptTokensAsync(ModelPrompt prompt, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["model"] = _model,
            ["messages"] = new JsonArray([.. prompt.Messages.Select(m => (JsonNode)new JsonObject
            {
                ["role"] = m.Role switch { PromptRole.System => "system", PromptRole.User => "user", _ => "assistant" },
                ["content"] = m.Text,
            })]),
        };
        if (prompt.TemplateArguments is { Count: > 0 } arguments)
            body["chat_template_kwargs"] = arguments.DeepClone();
        try
        {
            if (_isLlamaCpp)
            {
                var text = await _client.PostAsync(_client.Address.ServerRoute("apply-template"), Bytes(body), root => root.GetProperty("prompt").GetString()!, cancellationToken);
                return await AskAsync(new JsonObject { ["content"] = text, ["add_special"] = true, ["parse_special"] = true }, cancellationToken);
            }

            body["add_generation_prompt"] = !prompt.ContinuesLastMessage;
            if (prompt.ContinuesLastMessage)
                body["continue_final_message"] = true;
            return await AskAsync(body, cancellationToken);
        }
        catch (EndpointException e) when (e.Fault is EndpointFault.Refused or EndpointFault.MalformedBody)
        {
            return null;
        }
    }

    private Task<IReadOnlyList<int>> AskAsync(JsonObject body, CancellationToken cancellationToken)
        => _client.PostAsync(_route, Bytes(body), Read, cancellationToken);

    private static IReadOnlyList<int> Read(JsonElement root) => [.. root.GetProperty("tokens").EnumerateArray().Select(t => t.GetInt32())];

    private static ReadOnlyMemory<byte> Bytes(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes(body, _json);
}
