using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>Works off a stream of requests, many at once, never holding more of it than is under way.</summary>
/// <remarks>
/// The items are taken in their order, so samples that share a chart and stand together are asked together and the server's prefix cache serves them. An item
/// that fails is noted and the rest goes on; what ends a run (the server is gone, the key is refused, the budget is used up, the disk is full) lets the requests
/// under way finish, since they are paid for, and counts the rest. An engine may be used again, but not twice at once.
/// </remarks>
/// <param name="options">How; <see langword="null"/> for the defaults.</param>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class RequestEngine(RequestEngineOptions? options = null, TimeProvider? time = null)
{
    private const int FailuresKept = 100;
    private readonly RequestEngineOptions _options = options ?? new RequestEngineOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Asks every item.</summary>
    /// <typeparam name="T">What is asked about.</typeparam>
    /// <param name="items">The items in their order; read as they are needed, by one thread at a time.</param>
    /// <param name="idOf">The id of an item, for the report of failures.</param>
    /// <param name="ask">Asks about an item and keeps the answer; returns the tokens used. Called by several threads at once.</param>
    /// <param name="total">How many items there are, if that is known.</param>
    /// <param name="ledger">The ledger, whose cost is told with the progress.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it at once; what is answered is kept.</param>
    /// <returns>What was answered and what is missing.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<RequestReport> RunAsync<T>(
        IEnumerable<T> items,
        Func<T, string> idOf,
        Func<T, CancellationToken, Task<TokenUsage>> ask,
        long? total = null,
        Ledger? ledger = null,
        IProgress<RequestProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var source = items.GetEnumerator();
        var work = new Work<T>(source, new RequestPace(_time, total, ledger, progress, _options.ProgressEvery));
        var workers = Enumerable.Range(0, Math.Max(1, _options.Concurrency)).Select(_ => Task.Run(() => WorkAsync(work, idOf, ask, stop), cancellationToken)).ToArray();
        await Task.WhenAll(workers);
        return work.Report(total);
    }

    private async Task WorkAsync<T>(Work<T> work, Func<T, string> idOf, Func<T, CancellationToken, Task<TokenUsage>> ask, CancellationTokenSource stop)
    {
        try
        {
            while (work.TryTake(out var item))
            {
                stop.Token.ThrowIfCancellationRequested();
                try
                {
                    work.Done(await ask(item, stop.Token));
                }
                catch (Exception e) when (e is EndpointException or RequestFailedException)
                {
                    work.Fail(new RequestFailure(idOf(item), e.Message), _options.FailuresAtMost);
                }
                catch (EhrR1Exception e)
                {
                    work.Stop(e, new RequestFailure(idOf(item), e.What));
                }
            }
        }
        catch
        {
            // What nobody expected ends the others too.
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>The stream and what has become of it, shared by the workers.</summary>
    private sealed class Work<T>(IEnumerator<T> source, RequestPace pace)
    {
        private readonly Lock _taking = new();
        private readonly List<RequestFailure> _failures = [];
        private long _failed;
        private long _taken;
        private EhrR1Exception? _stopped;

        public bool TryTake(out T item)
        {
            lock (_taking)
            {
                item = default!;
                if (_stopped is not null || !source.MoveNext())
                    return false;
                item = source.Current;
                _taken++;
                return true;
            }
        }

        public void Done(TokenUsage usage) => pace.Done(usage);

        public void Fail(RequestFailure failure, int most)
        {
            lock (_taking)
            {
                Note(failure);
                if (_failed > most)
                {
                    _stopped ??= new EhrR1Exception(
                        $"{_failed} requests failed, the last with: {failure.Reason.TrimEnd('.')}", failure.Id, "Mend the cause and run the command again; it goes on where it stopped");
                }
            }

            pace.Fail();
        }

        public void Stop(EhrR1Exception reason, RequestFailure failure)
        {
            lock (_taking)
            {
                Note(failure);
                _stopped ??= reason;
            }

            pace.Fail();
        }

        public RequestReport Report(long? total)
        {
            var rest = 0L;
            if (_stopped is not null && total is { } all)
                rest = Math.Max(0, all - _taken);
            else if (_stopped is not null)
                while (source.MoveNext())
                    rest++;
            return new RequestReport(pace.Finish(), _failed, rest, _failures, _stopped);
        }

        private void Note(RequestFailure failure)
        {
            _failed++;
            if (_failures.Count < FailuresKept)
                _failures.Add(failure);
        }
    }
}
