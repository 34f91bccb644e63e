using System.Collections.Concurrent;
using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Keeps every answer of a model in a log, and answers a request that stands there already out of it: nothing is paid for twice.</summary>
/// <remarks>
/// In memory there is a number and a place for every call, not the answers. Two equal requests at the same time are one call. The log holds patients' data and is
/// readable by its owner alone. Safe for use by any number of threads; one process holds a log at a time.
/// </remarks>
public sealed class LoggedModel : ILanguageModel, IDisposable
{
    private readonly ILanguageModel _inner;
    private readonly TimeProvider _time;
    private readonly AppendLog<LoggedCall> _log;
    private readonly ConcurrentDictionary<UInt128, LogPlace> _places = new();
    private readonly ConcurrentDictionary<UInt128, TaskCompletionSource> _asking = new();
    private long _replayed;

    private LoggedModel(ILanguageModel inner, AppendLog<LoggedCall> log, TimeProvider time)
    {
        _inner = inner;
        _log = log;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <summary>How many calls were answered out of the log so far.</summary>
    public long Replayed => Interlocked.Read(ref _replayed);

    /// <summary>How many calls stand in the log.</summary>
    public int Count => _places.Count;

    /// <summary>The tokens of the calls that stood in the log when it was opened.</summary>
    public TokenUsage UsedBefore { get; private set; }

    /// <summary>Opens a log, or starts it.</summary>
    /// <param name="inner">The model that is asked where the log has no answer; it is not closed with the log.</param>
    /// <param name="path">The log's file.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="EhrR1Exception">The log is damaged, cannot be written, or another process holds it.</exception>
    public static LoggedModel Open(ILanguageModel inner, string path, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        var model = new LoggedModel(inner, AppendLog<LoggedCall>.Open(path), time ?? TimeProvider.System);
        try
        {
            foreach (var (place, call) in AppendLog<LoggedCall>.ReadPlaced(path))
            {
                model._places[KeyOf(call.Hash)] = place;
                model.UsedBefore += call.Usage;
            }

            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Whether the answer to a request stands in the log.</summary>
    /// <param name="request">The request.</param>
    public bool Has(GenerationRequest request) => _places.ContainsKey(KeyOf(RequestHash.Of(Name, request)));

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
    {
        var call = await AskAsync(
            RequestHash.Of(Name, request),
            async () =>
            {
                var response = await _inner.GenerateAsync(request, cancellationToken);
                return Begin(request.Prompt) with { Completions = response.Completions, Usage = response.Usage };
            },
            cancellationToken);
        return new GenerationResponse(call.Completions ?? throw Damaged(call), call.Usage);
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed.</exception>
    public async Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
    {
        var call = await AskAsync(
            RequestHash.Of(Name, request),
            async () => await _inner.ScoreAnswersAsync(request, cancellationToken) is not { } scores ? Begin(request.Prompt) : Begin(request.Prompt) with
            {
                LogProbabilities = [.. scores.LogProbabilities.Select(l => double.IsNegativeInfinity(l) ? null : (double?)l)],
                Source = scores.Source,
                Usage = scores.Usage,
            },
            cancellationToken);
        return call.LogProbabilities is { } logs ? new AnswerScores([.. logs.Select(l => l ?? double.NegativeInfinity)], call.Source ?? "", call.Usage) : null;
    }

    /// <summary>Closes the log; the inner model stays open.</summary>
    public void Dispose() => _log.Dispose();

    private LoggedCall Begin(ModelPrompt prompt) => new() { Hash = "", Model = Name, Id = prompt.Question?.Id };

    private async Task<LoggedCall> AskAsync(string hash, Func<Task<LoggedCall>> ask, CancellationToken cancellationToken)
    {
        var key = KeyOf(hash);
        while (true)
        {
            if (_places.TryGetValue(key, out var place))
            {
                Interlocked.Increment(ref _replayed);
                return _log.ReadAt(place);
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_asking.TryAdd(key, done))
                break;
            // Somebody asks the same: wait for it, and ask oneself if it fails.
            if (_asking.TryGetValue(key, out var other))
                await other.Task.WaitAsync(cancellationToken);
        }

        try
        {
            var started = _time.GetTimestamp();
            var call = await ask();
            call = call with { Hash = hash, LatencyMs = Math.Round(_time.GetElapsedTime(started).TotalMilliseconds, 3), At = _time.GetUtcNow() };
            _places[key] = _log.Append(call);
            return call;
        }
        finally
        {
            if (_asking.TryRemove(key, out var done))
                done.SetResult();
        }
    }

    private static EhrR1Exception Damaged(LoggedCall call) => new("A line of the request log holds no completion", call.Hash, "Delete the line; what it held is asked again");

    // Half of the digits tell any number of requests apart.
    private static UInt128 KeyOf(string hash) => UInt128.TryParse(hash.AsSpan(0, Math.Min(32, hash.Length)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var key)
        ? key : throw new EhrR1Exception("A line of the request log has no hash", null, "Delete the log; what it held is asked again");
}
