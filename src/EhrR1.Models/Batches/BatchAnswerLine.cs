using System.Text.Json;

namespace EhrR1.Models;

/// <summary>One line of a batch's answers, OpenAI's or vLLM's.</summary>
/// <param name="Id">The request's <c>custom_id</c>.</param>
/// <param name="Reply">The answer; <see langword="null"/> where there is none.</param>
/// <param name="Reason">Why there is none, without a word of the prompt: servers repeat prompts in their messages.</param>
/// <param name="IsFiltered">Whether the service's filter refused the request.</param>
internal sealed record BatchAnswerLine(string Id, ChatReply? Reply, string Reason, bool IsFiltered)
{
    private const int Succeeded = 200;

    /// <summary>Reads a line; what is no answer's line gives <see langword="null"/>.</summary>
    public static BatchAnswerLine? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("custom_id", out var id) || id.ValueKind != JsonValueKind.String)
                return null;
            return Read(id.GetString()!, root);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BatchAnswerLine Read(string id, JsonElement root)
    {
        var response = Member(root, "response");
        var error = Member(root, "error");
        var body = Member(response, "body");
        int status = Member(response, "status_code") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out int number) ? number : Succeeded;
        if (error.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) || status != Succeeded)
            return Failed(id, status, error.ValueKind == JsonValueKind.Object ? error : body);
        // Early versions of vLLM write the answer where the envelope stands now.
        if (body.ValueKind != JsonValueKind.Object && Member(response, "choices").ValueKind == JsonValueKind.Array)
            body = response;
        if (body.ValueKind != JsonValueKind.Object)
            return new BatchAnswerLine(id, null, "no response", false);
        try
        {
            return new BatchAnswerLine(id, ChatReply.Read(body), "", false);
        }
        catch (EndpointCallException e)
        {
            return new BatchAnswerLine(id, null, e.Message, false);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            return new BatchAnswerLine(id, null, "the response is not of the protocol's form", false);
        }
    }

    private static BatchAnswerLine Failed(string id, int status, JsonElement error)
    {
        var code = error.ValueKind == JsonValueKind.Object ? EndpointError.Parse(JsonSerializer.SerializeToUtf8Bytes(error)).Code : null;
        var reason = (status, code) switch
        {
            (Succeeded, null) => "the service names no reason",
            (Succeeded, _) => code,
            (_, null) => $"status {status}",
            _ => $"status {status}, {code}",
        };
        return new BatchAnswerLine(id, null, reason, code == "content_filter");
    }

    private static JsonElement Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}
