using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training.Tests;

/// <summary>Requests that are refused, clients that go away, a server that is full or stops.</summary>
public sealed class ModelServerFaultTests(ServedTiny tiny) : IClassFixture<ServedTiny>
{
    private const string User = "\"messages\": [{\"role\": \"user\", \"content\": \"secret words\"}]";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chat/completions", "{", "no JSON: line 1")]
    [InlineData("chat/completions", "7", "no JSON object")]
    [InlineData("chat/completions", "{}", "\"messages\" must be")]
    [InlineData("chat/completions", "{\"messages\": [{\"role\": \"tool\", \"content\": \"secret words\"}]}", "role is none")]
    [InlineData("chat/completions", "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]}", "no text")]
    [InlineData("chat/completions", "{\"messages\": [{\"role\": \"user\", \"content\": \"secret \\ud83d\"}]}", "half a character")]
    [InlineData("chat/completions", "{" + User + ", \"temperature\": -1}", "\"temperature\" must be a number from 0")]
    [InlineData("chat/completions", "{" + User + ", \"top_p\": 0}", "\"top_p\"")]
    [InlineData("chat/completions", "{" + User + ", \"top_k\": -2}", "\"top_k\"")]
    [InlineData("chat/completions", "{" + User + ", \"n\": 0}", "\"n\" must be")]
    [InlineData("chat/completions", "{" + User + ", \"n\": 65}", "this server takes 64")]
    [InlineData("chat/completions", "{" + User + ", \"max_tokens\": 0}", "\"max_tokens\"")]
    [InlineData("chat/completions", "{" + User + ", \"seed\": \"secret words\"}", "\"seed\" must be a whole number")]
    [InlineData("chat/completions", "{" + User + ", \"top_logprobs\": 2}", "needs \"logprobs\"")]
    [InlineData("chat/completions", "{" + User + ", \"logit_bias\": {\"secret words\": 1}}", "\"logit_bias\"")]
    [InlineData("chat/completions", "{" + User + ", \"logit_bias\": {\"290\": 1}}", "\"logit_bias\"")]
    [InlineData("chat/completions", "{" + User + ", \"guided_choice\": []}", "\"choice\" must be")]
    [InlineData("chat/completions", "{" + User + ", \"structured_outputs\": {\"regex\": \"secret words\"}}", "\"regex\" is not supported")]
    [InlineData("chat/completions", "{" + User + ", \"tools\": [{}]}", "\"tools\" is not supported")]
    [InlineData("chat/completions", "{" + User + ", \"stop\": \"\"}", "\"stop\" must be")]
    [InlineData("chat/completions", "{" + User + ", \"echo\": true}", "\"echo\" is not supported")]
    [InlineData("chat/completions", "{" + User + ", \"chat_template\": \"secret words\"}", "\"chat_template\" is not supported")]
    [InlineData("completions", "{\"prompt\": \"x\", \"truncate_prompt_tokens\": 5}", "\"truncate_prompt_tokens\" is not supported")]
    [InlineData("completions", "{\"prompt\": \"x\", \"add_special_tokens\": true}", "\"add_special_tokens\" is not supported")]
    [InlineData("completions", "{\"prompt\": \"x\", \"length_penalty\": 2}", "\"length_penalty\" is not supported")]
    [InlineData("chat/completions", "{" + User + ", \"stream_options\": {}}", "needs \"stream\"")]
    [InlineData("chat/completions", "{" + User + ", \"continue_final_message\": true, \"add_generation_prompt\": true}", "Cannot set both")]
    [InlineData("chat/completions", "{" + User + ", \"continue_final_message\": true}", "must be the assistant's")]
    [InlineData("completions", "{}", "\"prompt\" is missing")]
    [InlineData("completions", "{\"prompt\": \"\"}", "The prompt is empty")]
    [InlineData("completions", "{\"prompt\": [1, 290]}", "no token of this model, which has 290")]
    [InlineData("completions", "{\"prompt\": {\"secret words\": 1}}", "\"prompt\" must be")]
    [InlineData("completions", "{\"prompt\": \"x\", \"max_tokens\": 0}", "may be 0 only")]
    [InlineData("completions", "{\"prompt\": \"x\", \"best_of\": 3}", "\"best_of\" is not supported")]
    [InlineData("completions", "{\"prompt\": \"x\", \"logprobs\": 21}", "from 0 to 20")]
    [InlineData("completions", "{\"prompt\": \"x\", \"stream\": true, \"max_tokens\": 512}", "maximum context length is 512 tokens")]
    public async Task Post_WrongRequest_SaysWhatIsWrongAndNothingOfTheText(string route, string body, string expected)
    {
        var error = await FailAsync("/v1/" + route, body, HttpStatusCode.BadRequest);
        ((string)error["message"]!).ShouldContain(expected);
        ((string)error["message"]!).ShouldNotContain("secret");
        ((string)error["type"]!).ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task Post_AnotherModelOrElsewhereOrTooMuch_HasItsStatus()
    {
        var error = await FailAsync("/v1/completions", "{\"model\": \"gpt\", \"prompt\": \"x\"}", HttpStatusCode.NotFound);
        ((string)error["code"]!).ShouldBe("model_not_found");
        await FailAsync("/v1/embeddings", "{}", HttpStatusCode.NotFound);
        await FailAsync("/v1/models", "{}", HttpStatusCode.MethodNotAllowed);
        await FailAsync("/v1/completions", $"{{\"prompt\": \"{new string('x', 1 << 21)}\"}}", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Clients_ThatGoAway_TakeTheirSequencesOutOfTheBatch()
    {
        await using var endless = await Endless.StartAsync();
        using var client = new HttpClient { BaseAddress = endless.Server.Address };
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        // More than run at once, so that some are still waiting.
        var streaming = endless.PostAsync(client, 3, isStream: true, gone.Token);
        var whole = endless.PostAsync(client, 3, isStream: false, gone.Token);
        using (var begun = await streaming)
            begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        endless.Worker.Count.ShouldBeGreaterThan(0);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => whole);
        await endless.UntilIdleAsync();
    }

    [Fact]
    public async Task Post_ToAFullServer_IsToldToComeAgain()
    {
        await using var endless = await Endless.StartAsync();
        using var client = new HttpClient { BaseAddress = endless.Server.Address };
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var held = await endless.PostAsync(client, 6, isStream: true, gone.Token);
        using var refused = await endless.PostAsync(client, 3, isStream: false, Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await gone.CancelAsync();
        held.Dispose();
        await endless.UntilIdleAsync();
        using var taken = await endless.PostAsync(client, 3, isStream: true, Token);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Stop_WhileAnAnswerIsWritten_WaitsForIt()
    {
        using var worker = new GenerationWorker(tiny.Twin, tiny.Tokenizer);
        var server = await ModelServer.StartAsync("tiny", worker, null, null, new ServingOptions { Port = 0 }, cancellationToken: Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent("{\"prompt\": \"no\", \"max_tokens\": 500, \"stream\": true, \"ignore_eos\": true}", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = content };
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        var stopping = server.DisposeAsync();
        (await reply.Content.ReadAsStringAsync(Token)).ShouldEndWith("data: [DONE]\n\n");
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/health", UriKind.Relative), Token));
    }

    [Fact]
    public async Task Post_WhereMemoryIsShort_IsToldWhatToLower()
    {
        using var worker = new GenerationWorker(tiny.Twin, tiny.Tokenizer, () => new GenerationBatch(tiny.Twin, new FailingEngine(tiny.Twin, new ExternalException("DefaultCPUAllocator: can't allocate memory"))));
        await using var server = await ModelServer.StartAsync("tiny", worker, null, null, new ServingOptions { Port = 0 }, cancellationToken: Token);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var content = new StringContent("{\"prompt\": \"no\", \"max_tokens\": 5, \"ignore_eos\": true}", Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync(new Uri("/v1/completions", UriKind.Relative), content, Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var said = (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync(Token))!["error"]!["message"]!;
        foreach (var lower in (string[])["Memory is short", "\"max_tokens\"", "--max-sequences", "--memory"])
            said.ShouldContain(lower);
    }

    public static TheoryData<string> Failures => [.. FailingEngine.Failures.Keys];

    [Theory, MemberData(nameof(Failures))]
    public async Task Worker_WhoseModelFails_FailsWhatRunsAndGoesOn(string name)
    {
        var failure = FailingEngine.Failures[name];
        var begun = 0;
        using var worker = new GenerationWorker(tiny.Twin, tiny.Tokenizer, () => begun++ == 0 ? new GenerationBatch(tiny.Twin, new FailingEngine(tiny.Twin, failure)) : new GenerationBatch(tiny.Twin, tiny.Tokenizer));
        var request = new SequenceRequest([1, 2], new SequenceOptions { MaxNewTokens = 5, StopTokens = [] });
        (await Record.ExceptionAsync(() => worker.GenerateAsync(request, cancellationToken: Token).WaitAsync(Token))).ShouldBeSameAs(failure);
        (await worker.GenerateAsync(request, cancellationToken: Token).WaitAsync(Token)).Tokens.Count.ShouldBe(5);
        worker.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Worker_ThatCloses_CancelsAllThatRunsOrWaits()
    {
        var worker = new GenerationWorker(tiny.Twin, tiny.Tokenizer, new GenerationLimits { Sequences = 1 });
        var asked = Enumerable.Range(0, 20).Select(_ => worker.GenerateAsync(new SequenceRequest([1, 2], new SequenceOptions { MaxNewTokens = 500, StopTokens = [] }), cancellationToken: Token)).ToArray();
        worker.Dispose();
        foreach (var task in asked)
            await ((Task)task).WaitAsync(Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        asked.ShouldAllBe(t => t.IsCompleted);
        worker.Count.ShouldBe(0);
        await Should.ThrowAsync<ObjectDisposedException>(() => worker.GenerateAsync(new SequenceRequest([1], new SequenceOptions()), cancellationToken: Token));
    }

    private async Task<JsonNode> FailAsync(string route, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = content };
        // A body that is refused unread may break the connection while it is still being sent.
        request.Headers.ExpectContinue = true;
        using var reply = await tiny.Client.SendAsync(request, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        reply.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!["error"]!;
    }

    /// <summary>A server whose completions take longer than any test.</summary>
    private sealed class Endless(TemporaryFolder folder, DecoderModel model, GenerationWorker worker, ModelServer server) : IAsyncDisposable
    {
        public GenerationWorker Worker => worker;

        public ModelServer Server => server;

        public static async Task<Endless> StartAsync()
        {
            var folder = new TemporaryFolder();
            ServedTiny.Make(folder.PathOf("m"), positions: 200_000);
            var model = ModelFolder.LoadModel(folder.PathOf("m"));
            var worker = new GenerationWorker(model, ModelFolder.LoadTokenizer(folder.PathOf("m"), model.Config), new GenerationLimits { Sequences = 4 });
            return new Endless(folder, model, worker, await ModelServer.StartAsync("m", worker, null, null, new ServingOptions { Port = 0, MostWaiting = 8, Grace = TimeSpan.FromSeconds(1) }, cancellationToken: Token));
        }

        public async Task<HttpResponseMessage> PostAsync(HttpClient client, int n, bool isStream, CancellationToken cancellationToken)
        {
            using var content = new StringContent($"{{\"prompt\": \"no\", \"max_tokens\": 150000, \"ignore_eos\": true, \"n\": {n}, \"stream\": {(isStream ? "true" : "false")}}}", Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/completions") { Content = content };
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }

        public async Task UntilIdleAsync()
        {
            while (worker.Count > 0 || server.Count > 0)
                await Task.Delay(1, Token);
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            worker.Dispose();
            model.Dispose();
            folder.Dispose();
        }
    }
}
