using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>A server on loopback that does what a test tells it: routes that are not set answer 404.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeEndpoint(WebApplication server) => _server = server;

    public ConcurrentDictionary<string, Func<Asked, Task>> Routes { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public string Root { get; private set; } = "";

    /// <summary>The chat requests that were asked with patients' data, not to find out about the server.</summary>
    public IReadOnlyList<Asked> ChatRequests => [.. Requests.Where(r => r.Path == "/v1/chat/completions" && !r.PromptText.Contains("two plus two"))];

    public static async Task<FakeEndpoint> StartAsync(Func<Asked, Task>? chat = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var endpoint = new FakeEndpoint(app);
        endpoint.Routes["/v1/models"] = a => a.AnswerAsync(Replies.Models("tiny"));
        endpoint.Routes["/v1/chat/completions"] = chat ?? (a => a.AnswerAsync(Replies.Chat("yes")));
        app.Run(endpoint.AnswerAsync);
        await app.StartAsync();
        endpoint.Root = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return endpoint;
    }

    public EndpointAddress Address(string? model = "tiny") => EndpointAddress.Parse($"{Root}/v1{(model is null ? "" : "#" + model)}");

    /// <summary>The model behind it; by default without finding out about rungs, so that a test sees its own requests alone.</summary>
    public Task<OpenAiModel> OpenAsync(EndpointOptions? options = null) => OpenAiModel.OpenAsync(Address(), options ?? new EndpointOptions { Rungs = [] }, cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _server.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Requests that hang are cut.
        }

        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync();
        var asked = new Asked(http, text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject());
        Requests.Enqueue(asked);
        if (Routes.TryGetValue(asked.Path, out var route))
            await route(asked);
        else
            await asked.AnswerAsync("""{"error":{"message":"no such route","type":"not_found_error"}}""", 404);
    }
}
