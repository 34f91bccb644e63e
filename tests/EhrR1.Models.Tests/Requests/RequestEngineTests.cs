using System.Collections.Concurrent;
using EhrR1.Charts;

namespace EhrR1.Models.Tests.Requests;

public sealed class RequestEngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Run_Items_AreTakenInOrderWithAsManyAtOnceAsAllowed(int concurrency)
    {
        var taken = new ConcurrentQueue<int>();
        int now = 0, most = 0;
        var report = await new RequestEngine(new RequestEngineOptions { Concurrency = concurrency }).RunAsync(
            Source(200, taken), i => $"{i}",
            async (_, _) =>
            {
                var under = Interlocked.Increment(ref now);
                InterlockedMax(ref most, under);
                await Task.Yield();
                Interlocked.Decrement(ref now);
                return new TokenUsage(1, 1);
            });
        report.ShouldBe(new RequestReport(200, 0, 0, report.Failures, null));
        report.IsComplete.ShouldBeTrue();
        taken.ShouldBe(Enumerable.Range(0, 200));
        most.ShouldBeLessThanOrEqualTo(concurrency);
    }

    [Fact]
    public async Task Run_LongStream_IsReadNoFasterThanItIsAnswered()
    {
        int read = 0, answered = 0, ahead = 0;
        IEnumerable<int> Items()
        {
            for (var i = 0; i < 10_000; i++)
            {
                InterlockedMax(ref ahead, Interlocked.Increment(ref read) - Volatile.Read(ref answered));
                yield return i;
            }
        }

        await new RequestEngine(new RequestEngineOptions { Concurrency = 8 }).RunAsync(Items(), i => $"{i}", (_, _) =>
        {
            Interlocked.Increment(ref answered);
            return Task.FromResult(default(TokenUsage));
        });
        ahead.ShouldBeLessThanOrEqualTo(8);
    }

    [Fact]
    public async Task Run_SomeFail_GoesOnAndNamesThem()
    {
        var report = await new RequestEngine().RunAsync(
            Enumerable.Range(0, 50), i => $"s{i}", (i, _) => i % 10 == 3 ? throw new EndpointCallException(EndpointFault.MalformedBody) : Task.FromResult(default(TokenUsage)), total: 50);
        (report.Done, report.Failed, report.NotAsked).ShouldBe((45, 5, 0));
        report.Failures.Select(f => f.Id).Order(StringComparer.Ordinal).ShouldBe(["s13", "s23", "s3", "s33", "s43"]);
        report.IsComplete.ShouldBeFalse();
        report.ThrowIfStopped();
    }

    [Theory]
    [InlineData(100L)]
    [InlineData(null)]
    public async Task Run_TooManyFail_StopsAndSaysExactlyWhatIsMissing(long? total)
    {
        var report = await new RequestEngine(new RequestEngineOptions { Concurrency = 1, FailuresAtMost = 4 }).RunAsync(
            Enumerable.Range(0, 100), i => $"{i}", (i, _) => i >= 30 ? throw new EndpointCallException(EndpointFault.Refused, 400) : Task.FromResult(default(TokenUsage)), total);
        (report.Done, report.Failed, report.NotAsked).ShouldBe((30, 5, 65));
        Should.Throw<EhrR1Exception>(report.ThrowIfStopped).What.ShouldEndWith("70 of 100 requests are missing: 65 not asked, 5 failed");
    }

    [Fact]
    public async Task Run_WhatEndsARun_LetsThoseUnderWayFinish()
    {
        var started = new TaskCompletionSource();
        var thrown = new TaskCompletionSource();
        var report = await new RequestEngine(new RequestEngineOptions { Concurrency = 2 }).RunAsync(
            Enumerable.Range(0, 10), i => $"{i}",
            async (i, token) =>
            {
                if (i == 0)
                {
                    await started.Task;
                    thrown.SetResult();
                    throw new EhrR1Exception("The budget is used up", null, "Raise it");
                }

                started.TrySetResult();
                await thrown.Task;
                for (var turn = 0; turn < 100; turn++)
                    await Task.Yield();
                token.ThrowIfCancellationRequested();
                return default;
            });
        report.Stopped!.What.ShouldBe("The budget is used up");
        report.Failed.ShouldBe(1);
        report.Done.ShouldBeGreaterThanOrEqualTo(1);
        (report.Done + report.Missing).ShouldBe(10);
    }

    [Fact]
    public async Task Run_Stopped_Throws()
    {
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => new RequestEngine().RunAsync(
            Enumerable.Range(0, int.MaxValue), i => $"{i}",
            async (i, token) =>
            {
                if (i == 100)
                    await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return default;
            },
            cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Run_ErrorOfOurOwn_IsNotSwallowed()
        => await Should.ThrowAsync<InvalidOperationException>(() => new RequestEngine().RunAsync(Enumerable.Range(0, int.MaxValue), i => $"{i}", (i, _) => i == 50 ? throw new InvalidOperationException() : Task.FromResult(default(TokenUsage))));

    [Fact]
    public async Task Run_Progress_TellsPaceCostAndTimeLeft()
    {
        var time = new SteppingTime();
        var told = new ConcurrentQueue<RequestProgress>();
        var ledger = new Ledger(new TokenPrices { PromptPerMillion = 1_000_000 });
        await new RequestEngine(new RequestEngineOptions { Concurrency = 1 }, time).RunAsync(
            Enumerable.Range(0, 10), i => $"{i}",
            (_, _) =>
            {
                time.Now += TimeSpan.FromSeconds(1);
                ledger.Settle(default, new TokenUsage(2, 0));
                return Task.FromResult(new TokenUsage(2, 0));
            },
            total: 10, ledger: ledger, progress: new Listener(told.Enqueue));
        told.Count.ShouldBe(11);
        told.ElementAt(3).ShouldBe(new RequestProgress(4, 0, 10, 2, 8, TimeSpan.FromSeconds(6)));
        told.Last().TimeLeft.ShouldBe(TimeSpan.Zero);
    }

    private static IEnumerable<int> Source(int count, ConcurrentQueue<int> taken)
    {
        for (var i = 0; i < count; i++)
        {
            taken.Enqueue(i);
            yield return i;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }

    private sealed class Listener(Action<RequestProgress> hear) : IProgress<RequestProgress>
    {
        public void Report(RequestProgress value) => hear(value);
    }

    private sealed class SteppingTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
