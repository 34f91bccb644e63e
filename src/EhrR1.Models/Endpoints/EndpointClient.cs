using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Sends JSON to one endpoint and gets JSON back, or a failure that says what went wrong without quoting anything.</summary>
/// <remarks>
/// Why not the official OpenAI library: it shows one choice of several (so n completions cost n requests), drops reasoning text, knows none of the fields by which
/// vLLM, SGLang and llama.cpp give probabilities or switch thinking, retries by its own clock, and its errors quote the server's body, which repeats the prompt. It
/// serves well behind <see cref="ChatClientModel"/>. Safe for use by any number of threads.
/// </remarks>
internal sealed class EndpointClient : IDisposable
{
    // An error says what it has to say in its first lines.
    private const int MostOfAnError = 1 << 16;

    private readonly HttpClient _http;
    private readonly EndpointOptions _options;
    private readonly TimeProvider _time;

    private EndpointClient(HttpClient http, EndpointAddress address, EndpointOptions options, EndpointReach reach, TimeProvider time)
    {
        _http = http;
        Address = address;
        Reach = reach;
        _options = options;
        _time = time;
    }

    public EndpointAddress Address { get; }

    public EndpointReach Reach { get; }

    public static async Task<EndpointClient> OpenAsync(EndpointAddress address, EndpointOptions options, EndpointGuard guard, TimeProvider time, CancellationToken cancellationToken)
    {
        var reach = await guard.CheckAsync(address, cancellationToken);
        var handler = new SocketsHttpHandler
        {
            // A redirect or a proxy from the environment would carry the data past the guard.
            AllowAutoRedirect = false,
            UseProxy = reach == EndpointReach.Public,
            UseCookies = false,
            ConnectCallback = reach == EndpointReach.Public ? null : guard.ConnectInsideAsync,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            MaxConnectionsPerServer = options.Connections,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            // The name is resolved anew now and then, so that a server that moved is found.
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AutomaticDecompression = DecompressionMethods.All,
            ActivityHeadersPropagator = null,
        };
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        options.Key?.Sign(http.DefaultRequestHeaders, address.IsAzure);
        return new EndpointClient(http, address, options, reach, time);
    }

    /// <summary>Posts a body and reads the answer.</summary>
    /// <exception cref="EndpointException">It failed.</exception>
    /// <exception cref="EhrR1Exception">The endpoint does not know the key, or the quota is used up.</exception>
    public async Task<T> PostAsync<T>(Uri route, ReadOnlyMemory<byte> body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request, read, cancellationToken);
    }

    /// <summary>Gets an answer.</summary>
    /// <exception cref="EndpointException">It failed.</exception>
    /// <exception cref="EhrR1Exception">The endpoint does not know the key.</exception>
    public async Task<T> GetAsync<T>(Uri route, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        return await SendAsync(request, read, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(HttpRequestMessage request, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw await FailureAsync(response, either.Token);
            if (response.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.OrdinalIgnoreCase))
                throw new EndpointCallException(EndpointFault.WrongContentType, (int)response.StatusCode);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: either.Token);
            return read(document.RootElement);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EndpointCallException(EndpointFault.TimedOut);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException)
        {
            // The inner error would quote what was read.
            throw new EndpointCallException(EndpointFault.MalformedBody);
        }
        catch (HttpRequestException e) when (e.InnerException is EhrR1Exception refused)
        {
            throw new EhrR1Exception(refused.What, refused.Where, refused.WhatToDo);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new EndpointCallException(EndpointFault.Disconnected, inner: e);
        }
    }

    private async Task<Exception> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status < 400)
            return new EndpointCallException(EndpointFault.Redirected, status);
        var error = EndpointError.Parse(await BeginningAsync(response, cancellationToken));
        if (error.ContextTokens is { } tokens)
            return new ContextLengthException(tokens, status, error.Code);
        if (status is 400 or 413 or 422 or 500 && ContextLimitText.TryRead(error.Code, error.Message, out var limit))
            return new ContextLengthException(limit, status, error.Code);
        switch (status)
        {
            case 401 or 403:
                return new EhrR1Exception(
                    $"The endpoint does not let us in ({status})", Address.ToString(),
                    _options.Key is { } key ? $"Look at the {key}" : $"Give its key by {EndpointKey.Variable} or a file");
            case 429 when error.Code is "insufficient_quota" or "billing_hard_limit_reached":
                return new EhrR1Exception("The endpoint says that the account's quota is used up", Address.ToString(), "Raise the quota and run the command again; what is finished is kept");
        }

        var fault = status switch
        {
            408 or 504 => EndpointFault.TimedOut,
            425 or 429 => EndpointFault.RateLimited,
            >= 500 and not 501 => EndpointFault.ServerError,
            _ => EndpointFault.Refused,
        };
        return new EndpointCallException(fault, status, error.Code) { RetryAfter = RetryAfter(response), Error = error };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<byte[]> BeginningAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostOfAnError];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..read];
    }
}
