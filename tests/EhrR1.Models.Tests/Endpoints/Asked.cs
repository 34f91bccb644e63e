using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>A request that reached the fake endpoint, with ways to answer it well or badly.</summary>
internal sealed record Asked(HttpContext Http, JsonObject? Body)
{
    // Read at once: the context is gone when the answer is.
    public string Path { get; } = Http.Request.Path.Value!;

    public string Authorization { get; } = Http.Request.Headers.Authorization.ToString();

    public string AzureKey { get; } = Http.Request.Headers["api-key"].ToString();

    public string Query { get; } = Http.Request.QueryString.Value ?? "";

    /// <summary>All that the request's messages say, as a server repeats it in errors.</summary>
    public string PromptText => string.Join(' ', (Body?["messages"] as JsonArray ?? []).Select(m => (string?)m!["content"]));

    public Task AnswerAsync(string body, int status = 200, string type = "application/json", params (string Name, string Value)[] headers)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = type;
        foreach (var (name, value) in headers)
            Http.Response.Headers[name] = value;
        return Http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }

    public Task AnswerAsync(JsonNode body, int status = 200) => AnswerAsync(body.ToJsonString(), status);

    /// <summary>Refuses as OpenAI does; the message repeats the prompt.</summary>
    public Task RefuseAsync(int status, string message, string? code = null, string? parameter = null, params (string Name, string Value)[] headers) => AnswerAsync(
        new JsonObject { ["error"] = new JsonObject { ["message"] = $"{message} [prompt: {PromptText}]", ["type"] = "invalid_request_error", ["param"] = parameter, ["code"] = code } }.ToJsonString(),
        status, "application/json", headers);

    /// <summary>Writes the beginning of an answer and cuts the connection.</summary>
    public async Task CutAsync()
    {
        Http.Response.ContentType = "application/json";
        Http.Response.ContentLength = 5000;
        await Http.Response.Body.WriteAsync("""{"choices":[{"index":0,"message":{"content":"half"""u8.ToArray());
        await Http.Response.Body.FlushAsync();
        Http.Abort();
    }

    /// <summary>Does not answer until the client is gone.</summary>
    public async Task HangAsync()
    {
        var gone = new TaskCompletionSource();
        await using var _ = Http.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
    }
}
