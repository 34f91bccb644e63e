using System.Net;
using System.Text;
using EhrR1.Benchmarks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EhrR1.Requests.Benchmarks;

/// <summary>A server that answers every chat request at once with one short text and the probabilities of 20 tokens.</summary>
internal static class AtOnceServer
{
    private static readonly byte[] _models = """{"object":"list","data":[{"id":"at-once","object":"model","max_model_len":32768}]}"""u8.ToArray();
    private static readonly byte[] _text = Encoding.UTF8.GetBytes(Reply("null"));
    private static readonly byte[] _tokens = Encoding.UTF8.GetBytes(Reply(Tokens()));

    /// <summary>Serves until the process that started it closes its input; writes its address first.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        await ServerProcess.ServeAsync(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var body = _models;
        if (http.Request.Path == "/v1/chat/completions")
        {
            using var read = new MemoryStream();
            await http.Request.Body.CopyToAsync(read);
            body = read.GetBuffer().AsSpan(0, (int)read.Length).IndexOf("\"top_logprobs\""u8) >= 0 ? _tokens : _text;
        }
        else if (http.Request.Path != "/v1/models")
        {
            http.Response.StatusCode = 404;
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }

    private static string Reply(string logprobs) => $$$"""
        {"id":"1","object":"chat.completion","created":1,"model":"at-once","choices":[{"index":0,"message":{"role":"assistant","content":"yes"},"logprobs":{{{logprobs}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":1,"total_tokens":101}}
        """;

    private static string Tokens()
    {
        var tokens = Enumerable.Range(0, 20).Select(i => $$"""{"token":"{{(i == 0 ? "yes" : i == 1 ? " no" : $"t{i}")}}","logprob":{{-0.3 - i}},"bytes":null}""").ToArray();
        return $$"""{"content":[{"token":"yes","logprob":-0.3,"bytes":null,"top_logprobs":[{{string.Join(',', tokens)}}]}]}""";
    }
}
