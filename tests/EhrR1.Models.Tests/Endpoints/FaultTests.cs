using EhrR1.Charts;

namespace EhrR1.Models.Tests.Endpoints;

/// <summary>Each way in which a server fails is told apart, and none lets the prompt out.</summary>
public sealed class FaultTests
{
    public static TheoryData<string, EndpointFault, bool> Faults => new()
    {
        { "cut", EndpointFault.Disconnected, true },
        { "refused connection", EndpointFault.Disconnected, true },
        { "hang", EndpointFault.TimedOut, true },
        { "429", EndpointFault.RateLimited, true },
        { "500", EndpointFault.ServerError, true },
        { "503", EndpointFault.ServerError, true },
        { "error in 200", EndpointFault.ServerError, true },
        { "400", EndpointFault.Refused, false },
        { "422", EndpointFault.Refused, false },
        { "context", EndpointFault.ContextTooLong, false },
        { "html", EndpointFault.WrongContentType, true },
        { "no type", EndpointFault.WrongContentType, true },
        { "not json", EndpointFault.MalformedBody, true },
        { "json of another form", EndpointFault.MalformedBody, true },
        { "message is a number", EndpointFault.MalformedBody, true },
        { "array", EndpointFault.MalformedBody, true },
        { "empty body", EndpointFault.MalformedBody, true },
        { "no choices", EndpointFault.NoChoices, true },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Generate_ServerThatFails_SaysHowWithoutThePrompt(string kind, EndpointFault fault, bool transient)
    {
        var time = new FiringTime();
        await using var server = await FakeEndpoint.StartAsync(a => kind == "hang" ? HangAsync(a, time) : AnswerAsync(a, kind));
        using var model = await OpenAiModel.OpenAsync(server.Address(), new EndpointOptions { Rungs = [] }, time);
        if (kind == "refused connection")
            await server.DisposeAsync();
        var error = await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()));
        error.Fault.ShouldBe(fault);
        error.IsTransient.ShouldBe(transient);
        error.ToString().ShouldNotContain(Questions.Canary);
    }

    [Fact]
    public async Task Generate_PromptTooLong_NamesTheLimit()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"));
        using var model = await server.OpenAsync();
        (await Should.ThrowAsync<ContextLengthException>(() => model.GenerateAsync(Questions.Generation()))).Limit.ShouldBe(4096);
    }

    [Fact]
    public async Task Generate_LlamaCppContextError_IsReadFromItsField()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(
            """{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":2048}}""", 400));
        using var model = await server.OpenAsync();
        var error = await Should.ThrowAsync<ContextLengthException>(() => model.GenerateAsync(Questions.Generation()));
        error.Limit.ShouldBe(2048);
        error.Code.ShouldBe("exceed_context_size_error");
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT", 0)]
    public async Task Generate_RetryAfter_IsHandedOn(string header, double seconds)
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(429, "slow down", null, null, ("Retry-After", header)));
        using var model = await server.OpenAsync();
        (await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Generate_WhatTheUserMustMend_EndsTheRun(int status)
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(status, "no"));
        using var model = await server.OpenAsync();
        (await Should.ThrowAsync<EhrR1Exception>(() => model.GenerateAsync(Questions.Generation()))).ToString().ShouldNotContain(Questions.Canary);
    }

    [Fact]
    public async Task Generate_QuotaUsedUp_EndsTheRunInsteadOfTryingAgain()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(429, "You exceeded your current quota", "insufficient_quota"));
        using var model = await server.OpenAsync();
        await Should.ThrowAsync<EhrR1Exception>(() => model.GenerateAsync(Questions.Generation()));
    }

    [Fact]
    public async Task Generate_CallerThatStops_IsNotATimeout()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.HangAsync());
        using var model = await server.OpenAsync();
        using var stop = new CancellationTokenSource();
        var call = model.GenerateAsync(Questions.Generation(), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    private static async Task HangAsync(Asked a, FiringTime time)
    {
        var hanging = a.HangAsync();
        time.Fire();
        await hanging;
    }

    private static Task AnswerAsync(Asked a, string kind) => kind switch
    {
        "cut" => a.CutAsync(),
        "html" => a.AnswerAsync($"<html>{a.PromptText}</html>", type: "text/html"),
        "no type" => a.AnswerAsync(Replies.Chat("x").ToJsonString(), type: ""),
        "not json" => a.AnswerAsync($"{a.PromptText} {{"),
        "json of another form" => a.AnswerAsync($$"""{"answer":"{{a.PromptText}}"}"""),
        "message is a number" => a.AnswerAsync("""{"choices":[{"index":0,"message":5}]}"""),
        "array" => a.AnswerAsync("[]"),
        "empty body" => a.AnswerAsync(""),
        "no choices" => a.AnswerAsync("""{"choices":[]}"""),
        "error in 200" => a.AnswerAsync("{\"error\":{\"message\":\"" + a.PromptText + "\"}}"),
        "context" => a.RefuseAsync(400, "maximum context length is 10 tokens"),
        "422" => a.AnswerAsync("{\"detail\":[{\"loc\":[\"body\",\"messages\"],\"msg\":\"" + a.PromptText + "\"}]}", 422),
        _ => a.RefuseAsync(int.Parse(kind), "it failed"),
    };
}
