using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Models.Tests.Endpoints;

public sealed class GenerationTests
{
    [Fact]
    public async Task Generate_AllSettings_GoOverTheWire()
    {
        await using var server = await FakeEndpoint.StartAsync();
        using var model = await server.OpenAsync();
        var prompt = new ModelPrompt([new(PromptRole.System, "rules"), new(PromptRole.User, "ask <|im_end|> \"ü\""), new(PromptRole.Assistant, "<think>\n\n</think>\n")])
        {
            TemplateArguments = new JsonObject { ["enable_thinking"] = false },
            ContinuesLastMessage = true,
        };
        var sampling = new SamplingSettings { Temperature = 0.7, TopP = 0.9, TopK = 20, MaxNewTokens = 33, Stop = ["\n\n"], Seed = 5 };
        await model.GenerateAsync(new GenerationRequest { Prompt = prompt, Sampling = sampling });
        JsonNode.DeepEquals(server.ChatRequests.Single().Body, JsonNode.Parse(
            """
            {"model":"tiny","messages":[{"role":"system","content":"rules"},{"role":"user","content":"ask <|im_end|> \"ü\""},{"role":"assistant","content":"<think>\n\n</think>\n"}],
            "max_tokens":33,"temperature":0.7,"top_p":0.9,"top_k":20,"repetition_penalty":1,"min_p":0,"seed":5,"stop":["\n\n"],"chat_template_kwargs":{"enable_thinking":false},
            "continue_final_message":true,"add_generation_prompt":false}
            """)).ShouldBeTrue(server.ChatRequests.Single().Body!.ToJsonString());
    }

    [Fact]
    public async Task Generate_ReasoningEffort_IsAFieldAndAnArgumentOfTheTemplate()
    {
        await using var server = await FakeEndpoint.StartAsync();
        using var model = await server.OpenAsync();
        var prompt = new ModelPrompt([new(PromptRole.User, "ask")]) { TemplateArguments = new JsonObject { ["reasoning_effort"] = "low" } };
        await model.GenerateAsync(new GenerationRequest { Prompt = prompt });
        var body = server.ChatRequests.Single().Body!;
        ((string?)body["reasoning_effort"], (string?)body["chat_template_kwargs"]!["reasoning_effort"]).ShouldBe(("low", "low"));
    }

    [Fact]
    public async Task Generate_Answer_GivesTextUsageAndReason()
    {
        var reply = Replies.Chat("a");
        reply["choices"]![0]!["finish_reason"] = "length";
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(reply.ToJsonString()));
        using var model = await server.OpenAsync();
        var response = await model.GenerateAsync(Questions.Generation());
        response.Completions.ShouldBe([new Completion("a", FinishReason.Length)]);
        response.Usage.ShouldBe(new TokenUsage(10, 2, 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task Generate_SeveralCompletions_AreAskedForUntilTheyAreThere(int most)
    {
        await using var server = await FakeEndpoint.StartAsync(a =>
        {
            var first = (long)a.Body!["seed"]!;
            var count = Math.Min((int?)a.Body["n"] ?? 1, most);
            return a.AnswerAsync(Replies.Chat([.. Enumerable.Range(0, count).Select(i => $"s{first + i}")]));
        });
        using var model = await server.OpenAsync();
        var response = await model.GenerateAsync(new GenerationRequest { Prompt = Questions.Of("x"), Completions = 5, Sampling = new SamplingSettings { Seed = 100, Temperature = 1 } });
        response.Completions.Select(c => c.Text).ShouldBe(["s100", "s101", "s102", "s103", "s104"]);
        response.Usage.Completion.ShouldBe(10);
        server.ChatRequests.Count.ShouldBe((int)Math.Ceiling(5.0 / most));
    }

    [Theory]
    [InlineData("""{"content":"answer","reasoning_content":"why"}""", "stop", "<think>\nwhy\n</think>\n\nanswer")]
    [InlineData("""{"content":"\n\nanswer","reasoning":"\nwhy\n"}""", "stop", "<think>\nwhy\n</think>\n\nanswer")]
    [InlineData("""{"content":null,"reasoning_content":"cut off"}""", "length", "<think>\ncut off")]
    [InlineData("""{"content":"<think>why</think>answer","reasoning_content":"why"}""", "stop", "<think>why</think>answer")]
    [InlineData("""{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""", "stop", "ab")]
    [InlineData("""{"content":null}""", "stop", "")]
    public async Task Generate_ThinkingGivenApart_IsPutBackBeforeTheText(string message, string finish, string expected)
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync($$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}"}]}"""));
        using var model = await server.OpenAsync();
        (await model.GenerateAsync(Questions.Generation())).Completions[0].Text.ShouldBe(expected);
    }

    [Fact]
    public async Task Generate_ServerThatWantsMaxCompletionTokens_IsAskedThatWayFromThenOn()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.Body!.ContainsKey("max_tokens")
            ? a.RefuseAsync(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "unsupported_parameter", "max_tokens")
            : a.AnswerAsync(Replies.Chat("x")));
        using var model = await server.OpenAsync();
        await model.GenerateAsync(Questions.Generation());
        await model.GenerateAsync(Questions.Generation());
        server.ChatRequests.Count.ShouldBe(3);
        ((int)server.ChatRequests[^1].Body!["max_completion_tokens"]!).ShouldBe(128);
    }

    [Theory]
    [InlineData("top_k", """{"error":{"message":"Unrecognized request argument supplied: top_k","type":"invalid_request_error","param":null,"code":null}}""")]
    [InlineData("top_k", """{"detail":[{"type":"extra_forbidden","loc":["body","top_k"],"msg":"Extra inputs are not permitted"}]}""")]
    [InlineData("seed", """{"error":{"message":"Unknown parameter: 'seed'.","type":"invalid_request_error","param":"seed","code":"unknown_parameter"}}""")]
    [InlineData("continue_final_message", """{"object":"error","message":"continue_final_message is not supported","type":"BadRequestError","code":400}""")]
    public async Task Generate_FieldThatIsNotTaken_IsLeftOutAndNamed(string field, string error)
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.Body!.ContainsKey(field) ? a.AnswerAsync(error, 400) : a.AnswerAsync(Replies.Chat("x")));
        using var model = await server.OpenAsync();
        var request = new GenerationRequest
        {
            Prompt = new ModelPrompt([new(PromptRole.User, "x"), new(PromptRole.Assistant, "y")]) { ContinuesLastMessage = true },
            Sampling = new SamplingSettings { TopK = 3, Seed = 1 },
        };
        (await model.GenerateAsync(request)).Completions[0].Text.ShouldBe("x");
        model.Profile.LeftOut.ShouldContain(field);
        server.ChatRequests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Generate_ServerThatRefusesEitherLimit_DoesNotAskForEver()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(400, "unsupported", "unsupported_parameter", a.Body!.ContainsKey("max_tokens") ? "max_tokens" : "max_completion_tokens"));
        using var model = await server.OpenAsync();
        (await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()))).Fault.ShouldBe(EndpointFault.Refused);
        server.ChatRequests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Generate_PromptStoppedByAFilter_IsAFilteredCompletion()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(400, "The response was filtered", "content_filter"));
        using var model = await server.OpenAsync();
        (await model.GenerateAsync(Questions.Generation())).Completions[0].Finish.ShouldBe(FinishReason.Filtered);
    }

    [Fact]
    public async Task Open_NoModelNamed_TakesTheOnlyOneOrNamesThemAll()
    {
        await using var server = await FakeEndpoint.StartAsync();
        using (var model = await OpenAiModel.OpenAsync(server.Address(null), new EndpointOptions { Rungs = [] }))
        {
            model.Name.ShouldBe("tiny");
            model.Profile.ContextTokens.ShouldBe(4096);
            model.Profile.Server.ShouldBe("vllm");
        }

        server.Routes["/v1/models"] = a => a.AnswerAsync(Replies.Models("one", "two"));
        (await Should.ThrowAsync<EhrR1Exception>(() => OpenAiModel.OpenAsync(server.Address(null)))).Message.ShouldContain("one, two");
    }

    [Fact]
    public async Task Open_NobodyThere_SaysSo()
    {
        var server = await FakeEndpoint.StartAsync();
        await server.DisposeAsync();
        (await Should.ThrowAsync<EhrR1Exception>(() => server.OpenAsync())).What.ShouldBe("The endpoint does not answer");
    }

    [Fact]
    public async Task Generate_WrongValueOfAField_IsNotLeftOutInSilence()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync("""{"error":{"message":"top_p must be in (0, 1], got 2.0.","type":"BadRequestError","param":"top_p","code":400}}""", 400));
        using var model = await server.OpenAsync();
        (await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation() with { Sampling = new SamplingSettings { TopP = 2 } }))).Fault.ShouldBe(EndpointFault.Refused);
        server.ChatRequests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Open_ServerThatIsStillLoading_IsWaitedForSoThatNoRungIsMissed()
    {
        var asked = 0;
        await using var server = await FakeEndpoint.StartAsync(a => Interlocked.Increment(ref asked) % 3 != 0
            ? a.RefuseAsync(503, "Loading model") : a.AnswerAsync(Replies.FirstTokens(("yes", 0.6), ("no", 0.3))));
        var time = new Requests.JumpingTime();
        using var model = await OpenAiModel.OpenAsync(server.Address(), new EndpointOptions { Timeout = System.Threading.Timeout.InfiniteTimeSpan }, time);
        model.Profile.Rungs.ShouldBe(["top_logprobs", "sampling"]);
        time.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
    }

    [Fact]
    public async Task Open_ServerThatStaysBusy_IsNotTakenForOneWithoutRungs()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(503, "Loading model"));
        (await Should.ThrowAsync<EhrR1Exception>(() => OpenAiModel.OpenAsync(server.Address(), new EndpointOptions { Timeout = System.Threading.Timeout.InfiniteTimeSpan }, new Requests.JumpingTime()))).What.ShouldContain("503");
    }

    [Fact]
    public async Task Open_LlamaCpp_StatesTheContextOfASlot()
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/props"] = a => a.AnswerAsync("""{"default_generation_settings":{"n_ctx":2048},"total_slots":2}""");
        using var model = await server.OpenAsync();
        model.Profile.ContextTokens.ShouldBe(2048);
        model.Profile.Server.ShouldBe("llama.cpp");
    }
}
