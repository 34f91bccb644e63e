using System.Text.Json.Nodes;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Requests;

public sealed class RequestHashTests
{
    [Fact]
    public void Of_Request_IsTheSameEverywhere()
        => RequestHash.Of("m", new GenerationRequest { Prompt = Questions.Of("x") }).ShouldBe(RequestHash.Of("m", new GenerationRequest { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "x")], new TaskQuestion("another", "id", "text")) }));

    [Fact]
    public void Of_WhateverIsChanged_IsAnother()
    {
        var prompt = Questions.Of("x");
        GenerationRequest[] requests =
        [
            new() { Prompt = prompt },
            new() { Prompt = prompt, Completions = 2 },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Temperature = 0.5 } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { TopP = 0.5 } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { TopK = 5 } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { MaxNewTokens = 5 } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Stop = ["a"] } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Stop = ["a", "b"] } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Stop = ["ab"] } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Seed = 0 } },
            new() { Prompt = prompt, Sampling = new SamplingSettings { Seed = 1 } },
            new() { Prompt = Questions.Of("X") },
            new() { Prompt = new ModelPrompt([new PromptMessage(PromptRole.System, "x")]) },
            new() { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "x"), new PromptMessage(PromptRole.User, "")]) },
            new() { Prompt = prompt with { ContinuesLastMessage = true } },
            new() { Prompt = prompt with { TemplateArguments = new JsonObject { ["enable_thinking"] = true } } },
            new() { Prompt = prompt with { TemplateArguments = new JsonObject { ["enable_thinking"] = false } } },
        ];
        string[] hashes = [.. requests.Select(r => RequestHash.Of("m", r)), RequestHash.Of("M", requests[0]), RequestHash.Of("m", Questions.YesOrNo("x")), RequestHash.Of("m", new AnswerScoringRequest(prompt, ["no", "yes"])), RequestHash.Of("m", Questions.YesOrNo("x") with { ThinkingTokens = 8 })];
        hashes.Distinct(StringComparer.Ordinal).Count().ShouldBe(hashes.Length);
        hashes.ShouldAllBe(h => h.Length == 64);
    }

    [Fact]
    public void Of_TemplateArgumentsInAnotherOrder_IsTheSame()
    {
        var one = Questions.Of("x") with { TemplateArguments = new JsonObject { ["a"] = 1, ["b"] = new JsonObject { ["c"] = 1, ["d"] = 2 } } };
        var two = Questions.Of("x") with { TemplateArguments = new JsonObject { ["b"] = new JsonObject { ["d"] = 2, ["c"] = 1 }, ["a"] = 1 } };
        RequestHash.Of("m", new GenerationRequest { Prompt = one }).ShouldBe(RequestHash.Of("m", new GenerationRequest { Prompt = two }));
    }
}
