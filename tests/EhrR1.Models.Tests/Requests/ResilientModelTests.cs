using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Requests;

public sealed class ResilientModelTests
{
    private readonly JumpingTime _time = new();

    [Theory]
    [InlineData(EndpointFault.RateLimited, 429)]
    [InlineData(EndpointFault.ServerError, 500)]
    [InlineData(EndpointFault.ServerError, 503)]
    [InlineData(EndpointFault.TimedOut, null)]
    [InlineData(EndpointFault.Disconnected, null)]
    [InlineData(EndpointFault.MalformedBody, null)]
    [InlineData(EndpointFault.WrongContentType, null)]
    [InlineData(EndpointFault.NoChoices, null)]
    public async Task Generate_FailureThatPasses_IsTriedAgainWithGrowingWaits(EndpointFault fault, int? status)
    {
        var inner = new ScriptedModel(call => call <= 4 ? throw new EndpointCallException(fault, status) : "good");
        (await Resilient(inner).GenerateAsync(Questions.Generation())).Completions[0].Text.ShouldBe("good");
        inner.Calls.ShouldBe(5);
        var waits = _time.Waits.Select(w => w.TotalSeconds).ToArray();
        waits.Length.ShouldBe(4);
        for (var i = 0; i < 4; i++)
            waits[i].ShouldBeInRange(0.5 * Math.Pow(2, i), Math.Pow(2, i));
    }

    [Fact]
    public async Task Generate_SameSeed_WaitsTheSame()
    {
        var waits = new List<TimeSpan[]>();
        for (var i = 0; i < 2; i++)
        {
            var time = new JumpingTime();
            var inner = new ScriptedModel(call => call <= 3 ? throw new EndpointCallException(EndpointFault.ServerError, 500) : "good");
            await new ResilientModel(inner, new ResilienceOptions { Seed = 7 }, time).GenerateAsync(Questions.Generation());
            waits.Add([.. time.Waits]);
        }

        waits[0].ShouldBe(waits[1]);
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(7200, 600)]
    public async Task Generate_RetryAfter_IsHonouredUpToALimit(int asked, int waited)
    {
        var inner = new ScriptedModel(call => call == 1 ? throw new EndpointCallException(EndpointFault.RateLimited, 429) { RetryAfter = TimeSpan.FromSeconds(asked) } : "good");
        await Resilient(inner).GenerateAsync(Questions.Generation());
        _time.Waits.Single().TotalSeconds.ShouldBeInRange(waited, waited + 1);
    }

    [Theory]
    [InlineData(EndpointFault.Refused)]
    [InlineData(EndpointFault.Redirected)]
    public async Task Generate_FailureThatStays_IsNotTriedAgain(EndpointFault fault)
    {
        var inner = new ScriptedModel(_ => throw new EndpointCallException(fault, 400));
        await Should.ThrowAsync<EndpointException>(() => Resilient(inner).GenerateAsync(Questions.Generation()));
        inner.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Generate_PromptTooLong_IsNotTriedAgain()
    {
        var inner = new ScriptedModel(_ => throw new ContextLengthException(4096));
        (await Should.ThrowAsync<ContextLengthException>(() => Resilient(inner).GenerateAsync(Questions.Generation()))).Limit.ShouldBe(4096);
        inner.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Generate_RequestThatAlwaysFails_IsGivenUpAfterItsRetries()
    {
        var inner = new ScriptedModel(_ => throw new EndpointCallException(EndpointFault.MalformedBody));
        await Should.ThrowAsync<EndpointException>(() => Resilient(inner, new ResilienceOptions { Retries = 3 }).GenerateAsync(Questions.Generation()));
        inner.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task Generate_StormOf429_IsWaitedOut()
    {
        var inner = new ScriptedModel(call => call <= 40 ? throw new EndpointCallException(EndpointFault.RateLimited, 429) { RetryAfter = TimeSpan.FromSeconds(5) } : "good");
        (await Resilient(inner).GenerateAsync(Questions.Generation())).Completions[0].Text.ShouldBe("good");
    }

    [Fact]
    public async Task Generate_ServerAwayForAWhile_IsWaitedForWithFewCalls()
    {
        var inner = new ScriptedModel(_ => _time.Elapsed < TimeSpan.FromMinutes(5) ? throw new EndpointCallException(EndpointFault.Disconnected) : "good");
        (await Resilient(inner).GenerateAsync(Questions.Generation())).Completions[0].Text.ShouldBe("good");
        inner.Calls.ShouldBeLessThan(40);
        _time.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Generate_ServerInTrouble_IsLeftInPeaceByEverybody()
    {
        var inner = new ScriptedModel(_ => throw new EndpointCallException(EndpointFault.ServerError, 500));
        var model = Resilient(inner, new ResilienceOptions { Retries = 0, BreakerFailures = 10 });
        for (var i = 0; i < 10; i++)
            await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()));
        inner.Calls.ShouldBe(10);
        await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()));
        // The eleventh waited for the pause to end before it was let through.
        _time.Elapsed.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(15));
        inner.Calls.ShouldBe(11);
    }

    [Fact]
    public async Task Generate_ServerGone_EndsTheRun()
    {
        var inner = new ScriptedModel(_ => throw new EndpointCallException(EndpointFault.Disconnected));
        var model = Resilient(inner);
        (await Should.ThrowAsync<EhrR1Exception>(() => model.GenerateAsync(Questions.Generation()))).What.ShouldBe("The endpoint has answered nothing for 10 minutes");
        _time.Elapsed.ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));
        // Who comes later need not wait as long again.
        var calls = inner.Calls;
        await Should.ThrowAsync<EhrR1Exception>(() => model.GenerateAsync(Questions.Generation()));
        inner.Calls.ShouldBeLessThanOrEqualTo(calls + 1);
    }

    [Fact]
    public async Task Score_FailureThatPasses_IsTriedAgainToo()
    {
        var inner = new ScriptedModel(call => call == 1 ? throw new EndpointCallException(EndpointFault.TimedOut) : "good");
        (await Resilient(inner).ScoreAnswersAsync(Questions.YesOrNo()))!.Source.ShouldBe("top_logprobs");
    }

    [Fact]
    public async Task Generate_Stopped_IsStopped()
    {
        using var stop = new CancellationTokenSource();
        var inner = new ScriptedModel(call =>
        {
            if (call == 3)
                stop.Cancel();
            throw new EndpointCallException(EndpointFault.ServerError, 500);
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Resilient(inner).GenerateAsync(Questions.Generation(), stop.Token));
        inner.Calls.ShouldBe(3);
    }

    private ResilientModel Resilient(ILanguageModel inner, ResilienceOptions? options = null) => new(inner, options, _time);
}
