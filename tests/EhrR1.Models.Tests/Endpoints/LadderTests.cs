using System.Text.Json.Nodes;

namespace EhrR1.Models.Tests.Endpoints;

public sealed class LadderTests
{
    [Theory]
    [InlineData("yes", 0.5, "no", 0.3, 0.5, 0.3)]
    [InlineData("\u0120Yes", 0.5, "\u2581NO", 0.3, 0.5, 0.3)]
    [InlineData("\nyes", 0.5, " No", 0.3, 0.5, 0.3)]
    [InlineData("YES ", 0.5, "\u010Ano", 0.3, 0.5, 0.3)]
    [InlineData("<0x0A>yes", 0.5, "\tno", 0.3, 0.5, 0.3)]
    [InlineData("yes", 0.5, "yesterday", 0.3, 0.5, 0.01)]
    [InlineData("maybe", 0.5, "no", 0.3, 0.01, 0.3)]
    public async Task Score_TopTokens_CountsEverySpellingAndNothingElse(string first, double p, string second, double q, double yes, double no)
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.FirstTokens((first, p), (second, q), ("the", 0.01))));
        using var model = await server.OpenAsync(new EndpointOptions());
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo()))!;
        scores.Source.ShouldBe("top_logprobs");
        scores.LogProbabilities.Select(Math.Exp).ShouldBe([yes, no], 1e-12);
        scores.Usage.ShouldBe(new TokenUsage(10, 2, 4));
        var sent = server.ChatRequests.Single().Body!;
        ((int)sent["max_tokens"]!).ShouldBe(1);
        ((int)sent["top_logprobs"]!).ShouldBe(20);
    }

    [Fact]
    public async Task Score_SeveralSpellings_AreAddedUp()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.FirstTokens(("yes", 0.2), ("Yes", 0.1), (" YES", 0.05), ("No", 0.3), ("no", 0.1), ("x", 0.01))));
        using var model = await server.OpenAsync(new EndpointOptions());
        (await model.ScoreAnswersAsync(Questions.YesOrNo()))!.ShareOfFirst().ShouldBe(0.35 / 0.75, 1e-12);
    }

    [Fact]
    public async Task Open_ServiceThatGivesFewerTokens_IsAskedForThose()
    {
        await using var server = await FakeEndpoint.StartAsync(a => (int?)a.Body!["top_logprobs"] > 5
            ? a.RefuseAsync(400, "top_logprobs must be at most 5", null, "top_logprobs")
            : a.AnswerAsync(Replies.FirstTokens(("yes", 0.6), ("no", 0.3))));
        using var model = await server.OpenAsync(new EndpointOptions());
        model.Profile.Rungs.ShouldBe(["top_logprobs", "sampling"]);
        (await model.ScoreAnswersAsync(Questions.YesOrNo()))!.Source.ShouldBe("top_logprobs");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Score_ProbabilitiesMissing_DrawsInstead(bool onlyForTheSample)
    {
        // Either the server never gives any, or the sample's first token is no answer.
        await using var server = await FakeEndpoint.StartAsync(a => a.Body!.ContainsKey("logprobs") && (onlyForTheSample || a.PromptText.Contains("two plus two"))
            ? a.AnswerAsync(onlyForTheSample ? Replies.FirstTokens(("The", 0.9), ("<think>", 0.05)) : Replies.Chat("yes"))
            : a.AnswerAsync(Replies.Chat([.. Enumerable.Range(0, (int?)a.Body["n"] ?? 1).Select(i => i % 4 == 0 ? "The answer is **No**" : i % 4 == 1 ? "perhaps" : " Yes.")])));
        using var model = await server.OpenAsync(new EndpointOptions { Samples = 8 });
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo()))!;
        scores.Source.ShouldBe("sampling");
        scores.ShareOfFirst().ShouldBe(4 / 6.0, 1e-12);
    }

    [Fact]
    public async Task Score_ModelThatThinksFirst_DrawsWholeAnswersThoughTheFirstTokenHasProbabilities()
    {
        var drawn = 0;
        await using var server = await FakeEndpoint.StartAsync(a => a.Body!["top_logprobs"] is not null
            ? a.AnswerAsync(Replies.FirstTokens(("<|channel|>", 0.9), ("yes", 0.001), ("no", 0.002)))
            : a.AnswerAsync(Replies.Chat($"<think>no, or yes?</think>{(Interlocked.Increment(ref drawn) % 4 == 0 ? "no" : "yes")}")));
        using var model = await server.OpenAsync(new EndpointOptions { Samples = 4 });
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo() with { ThinkingTokens = 300 }))!;
        scores.Source.ShouldBe(AnswerRungs.Sampling);
        scores.ShareOfFirst().ShouldBe(0.75, 1e-12);
        server.ChatRequests.ShouldAllBe(r => r.Body!["top_logprobs"] == null && (int)r.Body["max_tokens"]! == 300);
    }

    [Theory]
    [InlineData("tiny", true)]
    [InlineData("other", false)]
    public async Task Open_Name_IsListedOrNot(string name, bool listed)
    {
        await using var server = await FakeEndpoint.StartAsync();
        using var model = await OpenAiModel.OpenAsync(server.Address(name), new EndpointOptions { Rungs = [] }, cancellationToken: TestContext.Current.CancellationToken);
        (model.Profile.Model, model.Profile.IsListed).ShouldBe((name, listed));
    }

    [Fact]
    public async Task Score_NothingReaches_IsUnanswered()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat([.. Enumerable.Repeat("perhaps", (int?)a.Body!["n"] ?? 1)])));
        using var model = await server.OpenAsync(new EndpointOptions());
        (await model.ScoreAnswersAsync(Questions.YesOrNo())).ShouldBeNull();
    }

    [Fact]
    public async Task Score_AllDrawsOneAnswer_IsCertain()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat([.. Enumerable.Repeat("<think>no?</think>yes", (int?)a.Body!["n"] ?? 1)])));
        using var model = await server.OpenAsync(new EndpointOptions());
        (await model.ScoreAnswersAsync(Questions.YesOrNo()))!.ShareOfFirst().ShouldBe(1);
    }

    [Fact]
    public async Task Score_ServerWithTokenIds_IsAskedForThemAndGivesImprobableAnswersToo()
    {
        await using var server = await FakeEndpoint.StartAsync(AnswerTokenIdsAsync);
        server.Routes["/tokenize"] = TokenizeAsync;
        using var model = await server.OpenAsync(new EndpointOptions());
        model.Profile.Rungs[0].ShouldBe("logprob_token_ids");
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo()))!;
        scores.Source.ShouldBe("logprob_token_ids");
        // The fake's vocabulary: four spellings of yes, three of no, each 1e-6 of its number.
        var ids = VllmVocabulary.Single.Where(t => t.Key.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase)).Select(t => t.Value);
        Math.Exp(scores.LogProbabilities[0]).ShouldBe(ids.Sum(i => i * 1e-6), 1e-12);
    }

    [Fact]
    public async Task Open_ServerThatPassesOverTokenIds_DoesNotHaveThatRung()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.FirstTokens(("yes", 0.6), ("no", 0.3), ("x", 0.05))));
        server.Routes["/tokenize"] = TokenizeAsync;
        using var model = await server.OpenAsync(new EndpointOptions());
        model.Profile.Rungs.ShouldBe(["top_logprobs", "sampling"]);
        model.Profile.CountsTokens.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Score_GenerativeScoring_AddsTheSpellings(bool newer)
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/tokenize"] = TokenizeAsync;
        server.Routes["/generative_scoring"] = a =>
        {
            var label = (int)a.Body!["label_token_ids"]![0]!;
            ((bool)a.Body["apply_softmax"]!).ShouldBeFalse();
            return a.AnswerAsync(newer
                ? $$$"""{"data":[{"index":0,"score":{{{label}}}e-3}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"""
                : $$$"""{"results":[{"index":0,"token_probs":{"{{{label}}}":{{{label}}}e-3}}]}""");
        };
        using var model = await server.OpenAsync(new EndpointOptions());
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo("a b c")))!;
        scores.Source.ShouldBe("generative_scoring");
        Math.Exp(scores.LogProbabilities[1]).ShouldBe(VllmVocabulary.Single.Where(t => t.Key.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)).Sum(t => t.Value * 1e-3), 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Score_Echo_SumsTheTokensBehindThePrompt(bool tokenizer)
    {
        await using var server = await FakeEndpoint.StartAsync();
        if (tokenizer)
            server.Routes["/tokenize"] = TokenizeAsync;
        server.Routes["/v1/completions"] = EchoAsync;
        using var model = await server.OpenAsync(new EndpointOptions());
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo("a b c")))!;
        scores.Source.ShouldBe(tokenizer ? "completions_echo" : "completions_echo_untemplated");
        // Every token costs its number of letters: three spellings of each answer.
        scores.LogProbabilities.ShouldBe([Math.Log(3) - 3, Math.Log(3) - 2], 1e-12);
    }

    [Fact]
    public async Task Open_ServerThatPassesOverEcho_DoesNotHaveThatRung()
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/v1/completions"] = a => a.AnswerAsync("""{"choices":[{"index":0,"text":"yes","logprobs":{"tokens":["yes"],"token_logprobs":[-0.1]}}],"usage":{"prompt_tokens":20,"completion_tokens":1}}""");
        using var model = await server.OpenAsync(new EndpointOptions());
        model.Profile.Rungs.ShouldBe(["sampling"]);
    }

    [Fact]
    public async Task Score_LongerAnswers_AreScoredByEchoAlone()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.FirstTokens(("yes", 0.6), ("no", 0.3))));
        server.Routes["/v1/completions"] = EchoAsync;
        using var model = await server.OpenAsync(new EndpointOptions());
        (await model.ScoreAnswersAsync(new AnswerScoringRequest(Questions.Of("a b"), ["heart failure", "sepsis"])))!.Source.ShouldStartWith("completions_echo");
    }

    [Fact]
    public async Task Count_EndpointThatTokenizes_CountsByIt()
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/tokenize"] = TokenizeAsync;
        using var model = await server.OpenAsync();
        (await model.TokenCounter!.CountAsync("one two three")).ShouldBe(3);
        (await model.TokenCounter.CountAsync("")).ShouldBe(0);
    }

    [Fact]
    public async Task Count_LlamaCpp_CountsByItsOwnForm()
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/tokenize"] = a => (string?)a.Body!["content"] is { } text ? a.AnswerAsync($$"""{"tokens":[{{string.Join(',', text.Split(' ').Select((_, i) => i))}}]}""") : a.AnswerAsync("""{"tokens":[]}""");
        using var model = await server.OpenAsync();
        (await model.TokenCounter!.CountAsync("one two three")).ShouldBe(3);
    }

    private static Task AnswerTokenIdsAsync(Asked a)
    {
        if (a.Body!["logprob_token_ids"] is not JsonArray ids)
            return a.AnswerAsync(Replies.FirstTokens(("x", 0.9), ("y", 0.05)));
        return a.AnswerAsync(Replies.FirstTokens([("token_id:1", 0.9), .. ids.Select(i => ($"token_id:{i}", (int)i! * 1e-6))]));
    }

    private static Task TokenizeAsync(Asked a)
    {
        var text = (string?)a.Body!["prompt"] ?? string.Join("\n", a.Body["messages"]!.AsArray().Select(m => (string?)m!["content"]));
        var tokens = VllmVocabulary.Tokenize(text);
        return a.AnswerAsync(new JsonObject { ["count"] = tokens.Count, ["max_model_len"] = 4096, ["tokens"] = new JsonArray([.. tokens.Select(t => (JsonNode)t)]) });
    }

    private static Task EchoAsync(Asked a)
    {
        var tokens = a.Body!["prompt"] is JsonArray ids
            ? ids.Select(i => VllmVocabulary.TextOf((int)i!)).ToList()
            : VllmVocabulary.Split((string)a.Body["prompt"]!);
        var logs = new JsonArray([null, .. tokens.Skip(1).Select(t => (JsonNode)(double)(-t.Trim().Length))]);
        return a.AnswerAsync(new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["text"] = "", ["logprobs"] = new JsonObject { ["tokens"] = new JsonArray([.. tokens.Select(t => (JsonNode)t)]), ["token_logprobs"] = logs } }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens.Count, ["completion_tokens"] = 0 },
        });
    }
}
