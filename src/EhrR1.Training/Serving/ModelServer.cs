using System.Globalization;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Models;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Training;

/// <summary>Serves a model in OpenAI's protocol: <c>/v1/chat/completions</c>, <c>/v1/completions</c>, <c>/v1/models</c>, and vLLM's <c>/tokenize</c>, <c>/detokenize</c>, <c>/health</c>, <c>/version</c>.</summary>
/// <remarks>
/// All completions that are asked for at one time are generated in one batch; a client that goes away takes its own out of it. Nothing of what is
/// asked or answered is logged or quoted in errors. Safe for any number of clients.
/// </remarks>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly GenerationWorker _worker;
    private readonly ServedTokenizer _tokenizer;
    private readonly CallReader _reader;
    private readonly string _name;
    private readonly ServingOptions _options;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _started;
    private ServerHost? _host;
    private int _choices;
    private int _bodies;

    private ModelServer(string name, GenerationWorker worker, ChatTemplate? template, GenerationDefaults? defaults, ServingOptions options, TimeProvider time)
    {
        (_name, _worker, _options, _time, _started) = (name, worker, options, time, time.GetUtcNow());
        _tokenizer = new ServedTokenizer(worker, template);
        _reader = new CallReader(worker, _tokenizer, new SamplingReader(worker, defaults ?? GenerationDefaults.Of(worker.Config)), name, options.MostWaiting);
    }

    /// <summary>Where it listens, with the port that was found free.</summary>
    public Uri Address => _host!.Address;

    /// <summary>Completions that run or wait.</summary>
    public int Count => Volatile.Read(ref _choices);

    /// <summary>Starts a server.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="worker">The model on its thread; it must outlive the server.</param>
    /// <param name="template">How it writes conversations; <see langword="null"/> for a model that has none.</param>
    /// <param name="defaults">What holds where a request says nothing, or <see langword="null"/> for the protocol's own.</param>
    /// <param name="options">Address and bounds, or <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock, or <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EhrR1Exception">The port is taken or may not be used.</exception>
    public static async Task<ModelServer> StartAsync(string name, GenerationWorker worker, ChatTemplate? template, GenerationDefaults? defaults = null, ServingOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(worker);
        options ??= new ServingOptions();
        var server = new ModelServer(name, worker, template, defaults, options, time ?? TimeProvider.System);
        server._host = await ServerHost.StartAsync(server.AnswerAsync, options.Host, options.Port, options.MostBytes, options.Grace, cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>Stops listening and waits for completions that are being written, as long as the options say.</summary>
    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http).ConfigureAwait(false);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted)
        {
            // Nobody is there to be told.
            http.Abort();
        }
        catch (Exception e)
        {
            var fault = ServingError.Of(e);
            if (fault.Status == StatusCodes.Status429TooManyRequests)
                http.Response.Headers.RetryAfter = "1";
            await EventStream.ReplyAsync(http, fault.Status, json => ServingError.Write(json, fault)).ConfigureAwait(false);
        }
    }

    private Task RouteAsync(HttpContext http)
    {
        var path = http.Request.Path.Value?.TrimEnd('/') ?? "";
        var (isGet, isPost) = (HttpMethods.IsGet(http.Request.Method), HttpMethods.IsPost(http.Request.Method));
        return path switch
        {
            "/v1/chat/completions" when isPost => CompleteAsync(http, _reader.ReadChat),
            "/v1/completions" when isPost => CompleteAsync(http, _reader.ReadText),
            "/tokenize" or "/v1/tokenize" when isPost => TokenizeAsync(http),
            "/detokenize" or "/v1/detokenize" when isPost => DetokenizeAsync(http),
            "/v1/models" when isGet => EventStream.ReplyAsync(http, StatusCodes.Status200OK, WriteModels),
            "/health" or "/ping" when isGet => EventStream.ReplyAsync(http, StatusCodes.Status200OK, WriteHealth),
            "/version" when isGet => EventStream.ReplyAsync(http, StatusCodes.Status200OK, WriteVersion),
            "/v1/chat/completions" or "/v1/completions" or "/tokenize" or "/detokenize" => throw new ServingFault(StatusCodes.Status405MethodNotAllowed, "Use POST."),
            "/v1/models" or "/health" or "/version" => throw new ServingFault(StatusCodes.Status405MethodNotAllowed, "Use GET."),
            _ => throw new ServingFault(StatusCodes.Status404NotFound, "There are /v1/chat/completions, /v1/completions, /v1/models, /tokenize, /detokenize, /health and /version."),
        };
    }

    private async Task CompleteAsync(HttpContext http, Func<JsonElement, CompletionCall> read)
    {
        var call = await ReadAsync(http, read).ConfigureAwait(false);
        if (Interlocked.Add(ref _choices, call.Choices) > _options.MostWaiting)
        {
            Interlocked.Add(ref _choices, -call.Choices);
            throw Busy();
        }

        try
        {
            var (run, reply) = (new CallRun(_worker), new CallReply(call, _tokenizer, _name, _time.GetUtcNow()));
            if (call.Streams)
            {
                await new StreamedCall(run, call, reply).AnswerAsync(http).ConfigureAwait(false);
                return;
            }

            var choices = await run.RunAsync(call, null, null, http.RequestAborted).ConfigureAwait(false);
            await EventStream.ReplyAsync(http, StatusCodes.Status200OK, json => reply.Write(json, choices)).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Add(ref _choices, -call.Choices);
        }
    }

    // Texts are in memory from here on, so their number is bounded too.
    private async Task<T> ReadAsync<T>(HttpContext http, Func<JsonElement, T> read)
    {
        if (Interlocked.Increment(ref _bodies) > _options.MostWaiting)
        {
            Interlocked.Decrement(ref _bodies);
            throw Busy();
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted).ConfigureAwait(false);
            return read(body.RootElement);
        }
        finally
        {
            Interlocked.Decrement(ref _bodies);
        }
    }

    private ServingFault Busy() => new(StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"The server has {_options.MostWaiting} completions to write already. Try again later."), code: "rate_limit_exceeded");

    private async Task TokenizeAsync(HttpContext http)
    {
        var (tokens, names) = await ReadAsync(http, body =>
        {
            var call = new CallFields(body);
            _reader.CheckModel(call);
            var text = call.Text("prompt");
            if (text is null && !call.Has("messages"))
                throw ServingFault.Wrong("prompt", "is missing, and so are \"messages\"");
            return (text is null ? _tokenizer.EncodeMessages(call) : _tokenizer.Encode(text), call.Flag("return_token_strs") ?? false);
        }).ConfigureAwait(false);
        await EventStream.ReplyAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("count", tokens.Length);
            json.WriteNumber("max_model_len", _worker.Config.MaxPositions);
            json.WriteStartArray("tokens");
            foreach (var token in tokens)
                json.WriteNumberValue(token);
            json.WriteEndArray();
            json.WritePropertyName("token_strs");
            JsonSerializer.Serialize(json, names ? tokens.Select(t => _tokenizer.Decode([t])) : null);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task DetokenizeAsync(HttpContext http)
    {
        var text = await ReadAsync(http, body =>
        {
            var call = new CallFields(body);
            _reader.CheckModel(call);
            return _tokenizer.Decode([.. call.Tokens("tokens", _tokenizer.Vocabulary) ?? throw ServingFault.Wrong("tokens", "is missing")]);
        }).ConfigureAwait(false);
        await EventStream.ReplyAsync(http, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("prompt", text);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private void WriteModels(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("id", _name);
        json.WriteString("object", "model");
        json.WriteNumber("created", _started.ToUnixTimeSeconds());
        json.WriteString("owned_by", "ehr-r1");
        json.WriteNumber("max_model_len", _worker.Config.MaxPositions);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteHealth(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteNumber("completions", Count);
        json.WriteEndObject();
    }

    private static void WriteVersion(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", Workspace.ProgramVersion);
        json.WriteEndObject();
    }
}
