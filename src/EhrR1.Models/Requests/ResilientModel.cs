using EhrR1.Charts;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace EhrR1.Models;

/// <summary>Tries failed calls of a model again, slows down when it is asked to, and stops asking a server that is in trouble until it is back.</summary>
/// <remarks>
/// A call is given up when it failed often while others went well: then it is the request. When nothing goes well it is the server: everybody waits, one call
/// tries at a time, and after <see cref="ResilienceOptions.GiveUpAfter"/> the run is ended. Safe for use by any number of threads.
/// </remarks>
public sealed class ResilientModel : ILanguageModel
{
    private static readonly ResiliencePropertyKey<Attempts> _attempts = new("attempts");
    private readonly ILanguageModel _inner;
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;
    private readonly Lock _state = new();
    private readonly Random _random;
    private long? _failingSince;
    private long _lastGood = long.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Puts retries around a model.</summary>
    /// <param name="inner">The model that is asked.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    public ResilientModel(ILanguageModel inner, ResilienceOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _options = options ?? new ResilienceOptions();
        _time = time ?? TimeProvider.System;
        _random = new Random(_options.Seed);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => new ValueTask<bool>(GoesOn(args.Context, args.Outcome.Exception)),
                // Counted in GoesOn, where waits for the breaker are left out.
                MaxRetryAttempts = int.MaxValue,
                DelayGenerator = args => new ValueTask<TimeSpan?>(DelayOf(args.Context, args.Outcome.Exception)),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = args => new ValueTask<bool>(args.Outcome.Exception is EndpointException { IsOutage: true }),
                FailureRatio = 0.5,
                MinimumThroughput = Math.Max(2, _options.BreakerFailures),
                SamplingDuration = _options.BreakerWindow,
                BreakDuration = _options.BreakerPause,
            })
            .Build();
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed for good.</exception>
    public Task<GenerationResponse> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default)
        => RunAsync(token => _inner.GenerateAsync(request, token), cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The call failed for good.</exception>
    public Task<AnswerScores?> ScoreAnswersAsync(AnswerScoringRequest request, CancellationToken cancellationToken = default)
        => RunAsync(token => _inner.ScoreAnswersAsync(request, token), cancellationToken);

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(_attempts, new Attempts());
        try
        {
            return await _pipeline.ExecuteAsync(
                async (c, ask) =>
                {
                    await WaitForPauseAsync(c.CancellationToken);
                    var answer = await ask(c.CancellationToken);
                    IsGood();
                    return answer;
                },
                context,
                call);
        }
        catch (Exception e) when (e is BrokenCircuitException || (e is EndpointException failure && IsUnreachable(failure) && IsGone()))
        {
            throw new EhrR1Exception(
                $"The endpoint has answered nothing for {_options.GiveUpAfter.TotalMinutes:0.#} minutes", Name,
                "Start its server again, then the command; it goes on where it stopped", e.GetBaseException() is EndpointException inner ? inner : null);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool GoesOn(ResilienceContext context, Exception? exception)
    {
        if (exception is BrokenCircuitException)
            return !IsGone();
        if (exception is not EndpointException failure)
            return false;
        if (!failure.IsOutage)
            IsGood();
        if (!failure.IsTransient)
            return false;
        var attempts = context.Properties.GetValue(_attempts, null!);
        lock (_state)
        {
            var now = _time.GetTimestamp();
            attempts.Failed++;
            attempts.Since ??= now;
            if (failure.IsOutage)
                _failingSince ??= now;
            if (failure.Fault == EndpointFault.RateLimited)
                return _time.GetElapsedTime(attempts.Since.Value) < _options.GiveUpAfter;
            return IsUnreachable(failure) && _lastGood < attempts.Since ? !IsGone() : attempts.Failed <= _options.Retries;
        }
    }

    private TimeSpan DelayOf(ResilienceContext context, Exception? exception)
    {
        lock (_state)
        {
            // Spread, so that those who wait for the same thing do not all come at once.
            var spread = _random.NextDouble();
            if (exception is BrokenCircuitException broken)
                return (broken.RetryAfter ?? _options.BreakerPause) + (spread * _options.FirstDelay);
            if (exception is EndpointException { RetryAfter: { } asked })
            {
                var wait = asked < _options.LongestRetryAfter ? asked : _options.LongestRetryAfter;
                // What one is told holds for all.
                if (_time.GetUtcNow() + wait is var until && until > _pausedUntil)
                    _pausedUntil = until;
                return wait + (spread * _options.FirstDelay);
            }

            var failed = Math.Min(context.Properties.GetValue(_attempts, null!).Failed, 30);
            var most = Math.Min(_options.LongestDelay.TotalSeconds, _options.FirstDelay.TotalSeconds * Math.Pow(2, failed - 1));
            return TimeSpan.FromSeconds(most * (0.5 + (0.5 * spread)));
        }
    }

    private async ValueTask WaitForPauseAsync(CancellationToken cancellationToken)
    {
        TimeSpan left;
        lock (_state)
            left = _pausedUntil - _time.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left, _time, cancellationToken);
    }

    private void IsGood()
    {
        lock (_state)
        {
            _failingSince = null;
            _lastGood = _time.GetTimestamp();
        }
    }

    private bool IsGone()
    {
        lock (_state)
            return _failingSince is { } since && _time.GetElapsedTime(since) >= _options.GiveUpAfter;
    }

    // A server that fails with 500 has read the request, and may fail over it alone; these have not.
    private static bool IsUnreachable(EndpointException failure) => failure.Fault == EndpointFault.Disconnected || failure.Status is 502 or 503 or 504;

    private sealed class Attempts
    {
        public int Failed { get; set; }

        public long? Since { get; set; }
    }
}
