using System.Buffers;
using System.Text.Json;
using System.Threading.RateLimiting;
using EhrR1.Charts;
using Microsoft.AspNetCore.Http;

namespace EhrR1.Training;

/// <summary>Serves the reward over HTTP to training engines: <c>POST /reward</c> with one item or a batch, <c>GET /health</c>, <c>GET /version</c>.</summary>
/// <remarks>
/// An item is an object of <c>completion</c>, <c>ground_truth</c>, <c>task</c> (or <c>data_source</c>), and where they are known <c>id</c> and <c>p_yes</c>.
/// A batch is answered whole or not at all: an error names the items. Memory is bounded by the options. Safe for any number of clients.
/// </remarks>
public sealed class RewardServer : IAsyncDisposable
{
    private const int BytesPerPermit = 1024;
    private const int ParallelFrom = 8;

    private readonly RewardFunction _function;
    private readonly WorkspaceContexts? _contexts;
    private readonly RewardServerOptions _options;
    private readonly ConcurrencyLimiter _room;
    private readonly RewardTally _tally = new();
    private ServerHost? _host;
    private int _inFlight;

    private RewardServer(RewardFunction function, WorkspaceContexts? contexts, RewardServerOptions options)
    {
        (_function, _contexts, _options) = (function, contexts, options);
        _room = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = PermitsOf(Math.Max(options.MostBytesAtOnce, options.MostBytes)), QueueLimit = int.MaxValue });
    }

    /// <summary>Where it listens, with the port that was found free.</summary>
    public Uri Address => _host!.Address;

    /// <summary>Starts a server.</summary>
    /// <param name="function">The reward.</param>
    /// <param name="contexts">Where samples are found for the grounding term, or <see langword="null"/>; it must outlive the server.</param>
    /// <param name="options">Address and bounds, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="EhrR1Exception">The port is taken or may not be used, or the grounding term has no workspace.</exception>
    public static async Task<RewardServer> StartAsync(RewardFunction function, WorkspaceContexts? contexts = null, RewardServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (function.NeedsContext && contexts is null)
            throw new EhrR1Exception("The grounding term needs the samples", null, "Name their workspace with '--workspace', or set the weight of grounding to 0");
        options ??= new RewardServerOptions();
        var server = new RewardServer(function, contexts, options);
        server._host = await ServerHost.StartAsync(server.AnswerAsync, options.Host, options.Port, options.MostBytes, options.Grace, cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>Stops listening and waits for requests that are being answered, as long as the options say.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host!.DisposeAsync().ConfigureAwait(false);
        await _room.DisposeAsync().ConfigureAwait(false);
    }

    private static int PermitsOf(long bytes) => (int)Math.Clamp((bytes + BytesPerPermit - 1) / BytesPerPermit, 1, int.MaxValue);

    private async Task AnswerAsync(HttpContext http)
    {
        var (path, isGet) = (http.Request.Path.Value?.TrimEnd('/') ?? "", HttpMethods.IsGet(http.Request.Method));
        switch (path)
        {
            case "/reward" when HttpMethods.IsPost(http.Request.Method):
                Interlocked.Increment(ref _inFlight);
                try
                {
                    await RewardAsync(http).ConfigureAwait(false);
                }
                finally
                {
                    Interlocked.Decrement(ref _inFlight);
                }

                break;
            case "/health" when isGet:
                await ReplyAsync(http, StatusCodes.Status200OK, to => RewardReplies.Health(to, _tally, Volatile.Read(ref _inFlight))).ConfigureAwait(false);
                break;
            case "/version" when isGet:
                await ReplyAsync(http, StatusCodes.Status200OK, to => RewardReplies.Version(to, _function.Options, _contexts is not null)).ConfigureAwait(false);
                break;
            case "/reward" or "/health" or "/version":
                await FailAsync(http, StatusCodes.Status405MethodNotAllowed, "Use POST for /reward, GET for /health and /version.").ConfigureAwait(false);
                break;
            default:
                await FailAsync(http, StatusCodes.Status404NotFound, "There are POST /reward, GET /health and GET /version.").ConfigureAwait(false);
                break;
        }
    }

    private async Task RewardAsync(HttpContext http)
    {
        try
        {
            // The body waits in the socket until there is room for it; one of unknown length may be as long as any.
            using var room = await _room.AcquireAsync(PermitsOf(http.Request.ContentLength is { } length && length <= _options.MostBytes ? length : _options.MostBytes), http.RequestAborted).ConfigureAwait(false);
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted).ConfigureAwait(false);
            var (items, isBatch) = RewardItems.Of(body.RootElement);
            if (items.Count > _options.MostItems)
                throw new EhrR1Exception($"A batch has {items.Count} items, more than {_options.MostItems}", null, "Send smaller batches");
            var (scores, faults) = Score(items);
            if (faults.Count > 0)
            {
                await FailAsync(http, StatusCodes.Status400BadRequest, $"{faults.Count} of {items.Count} items cannot be scored; none was.", faults).ConfigureAwait(false);
                return;
            }

            _tally.Add(scores);
            await ReplyAsync(http, StatusCodes.Status200OK, to => RewardReplies.Rewards(to, scores, isBatch)).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            // Its message may quote the body.
            await FailAsync(http, StatusCodes.Status400BadRequest, $"The body is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.").ConfigureAwait(false);
        }
        catch (EhrR1Exception e)
        {
            await FailAsync(http, StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException e)
        {
            await FailAsync(http, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The body is longer than {_options.MostBytes} bytes. Send smaller batches." : "The request is not whole.").ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FailAsync(http, StatusCodes.Status500InternalServerError, $"Internal error: {e.GetType().Name}. This is a fault of the server, not of the request.").ConfigureAwait(false);
        }
    }

    private (RewardScore[] Scores, IReadOnlyList<RewardItemFault> Faults) Score(IReadOnlyList<JsonElement> items)
    {
        var scores = new RewardScore[items.Count];
        var faults = new RewardItemFault?[items.Count];
        if (items.Count < ParallelFrom || _options.Threads == 1)
        {
            for (int i = 0; i < scores.Length; i++)
                One(i);
        }
        else
        {
            Parallel.For(0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, One);
        }

        return (scores, [.. faults.OfType<RewardItemFault>()]);

        void One(int i)
        {
            try
            {
                var request = RewardItems.Read(items[i]);
                if (_function.NeedsContext && request.Task.Kind == Tasks.TaskKind.Decision && request.SampleId is { } id)
                    request = request with { Context = _contexts!.Find(id) };
                scores[i] = _function.Score(request);
            }
            catch (EhrR1Exception e)
            {
                faults[i] = new RewardItemFault(i, RewardItems.IdOf(items[i]), e.Message);
            }
        }
    }

    private Task FailAsync(HttpContext http, int status, string message, IReadOnlyList<RewardItemFault>? items = null)
    {
        _tally.Fail();
        return ReplyAsync(http, status, to => RewardReplies.Error(to, message, items ?? []));
    }

    private static async Task ReplyAsync(HttpContext http, int status, Action<IBufferWriter<byte>> write)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = new ArrayBufferWriter<byte>(256);
        write(body);
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
