using System.ClientModel;
using System.ClientModel.Primitives;
using EhrR1.Models;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace EhrR1.Training.Tests;

/// <summary>The clients that talk to the server: our own and OpenAI's.</summary>
public sealed class ModelServerClientTests(ServedTiny tiny) : IClassFixture<ServedTiny>
{
    private static readonly ModelPrompt _prompt = new([new PromptMessage(PromptRole.User, "Will the patient die? Answer yes or no.")]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OurClient_FindsContextTokenizerAndAllRungs()
    {
        using var model = await OpenAsync();
        model.Profile.ShouldSatisfyAllConditions(
            p => p.Model.ShouldBe("tiny"),
            p => p.ContextTokens.ShouldBe(512),
            p => p.Server.ShouldBe("ehr-r1"),
            p => p.CountsTokens.ShouldBeTrue(),
            p => p.Rungs.ShouldBe([AnswerRungs.TokenIds, AnswerRungs.TopTokens, AnswerRungs.Echo, AnswerRungs.Sampling]),
            p => p.LeftOut.ShouldBeEmpty());
        (await model.TokenCounter!.CountAsync("The patient", Token)).ShouldBe(tiny.Tokenizer.Count("The patient"));
    }

    [Theory]
    [InlineData(AnswerRungs.TokenIds)]
    [InlineData(AnswerRungs.Echo)]
    public async Task OurClient_ProbabilityOfYes_IsExact(string rung)
    {
        using var model = await OpenAsync(rung);
        var scores = (await model.ScoreAnswersAsync(new AnswerScoringRequest(_prompt, ["yes", "no"]), Token))!;
        scores.Source.ShouldBe(rung);
        var prompt = ChatTemplate.Plain.Encode(tiny.Tokenizer, _prompt.Messages);
        var last = tiny.Places(prompt)[^1];
        // All spellings that are one token each; the echo takes those without a space before them, of however many tokens.
        string[] spellings(string answer) => rung == AnswerRungs.Echo
            ? [answer, char.ToUpperInvariant(answer[0]) + answer[1..], answer.ToUpperInvariant()]
            : [.. new[] { "", " ", "\n" }.SelectMany(s => new[] { answer, char.ToUpperInvariant(answer[0]) + answer[1..], answer.ToUpperInvariant() }.Select(a => s + a)).Where(a => tiny.Tokenizer.Encode(a).Length == 1)];
        double Probability(string answer) => spellings(answer).Sum(s => Math.Exp(Log(prompt, tiny.Tokenizer.Encode(s))));
        Math.Exp(scores.LogProbabilities[0]).ShouldBe(Probability("yes"), 1e-5);
        Math.Exp(scores.LogProbabilities[1]).ShouldBe(Probability("no"), 1e-5);
        spellings("yes").ShouldContain("yes");
    }

    [Fact]
    public async Task OurClient_TooLongAPrompt_IsToldTheContext()
    {
        using var model = await OpenAsync();
        var error = await Should.ThrowAsync<ContextLengthException>(() => model.GenerateAsync(new GenerationRequest { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, new string('x', 2_000))]) }, Token));
        error.Limit.ShouldBe(512);
    }

    [Fact]
    public async Task OurClient_SeveralCompletions_AreTheLocalModels()
    {
        using var model = await OpenAsync();
        using var local = new LocalModel("tiny", new GenerationWorker(tiny.Twin, tiny.Tokenizer), ChatTemplate.Plain);
        var request = new GenerationRequest { Prompt = _prompt, Completions = 4, Sampling = new SamplingSettings { Temperature = 1, Seed = 9, MaxNewTokens = 20 } };
        (await model.GenerateAsync(request, Token)).ShouldSatisfyAllConditions(
            r => r.Completions.ShouldBe(local.GenerateAsync(request, Token).Result.Completions),
            r => r.Usage.Completion.ShouldBeGreaterThan(0));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task LocalModel_SharesOut_CountsHardlyDependOnTheSeed(bool sharesOut)
    {
        using var local = new LocalModel("tiny", new GenerationWorker(tiny.Twin, tiny.Tokenizer), ChatTemplate.Plain) { SharesOut = sharesOut };
        var counts = new List<int>();
        for (var seed = 0; seed < 8; seed++)
        {
            // One of two tokens, about 32 times of 64; independent counts are 4 off.
            var drawn = await local.GenerateAsync(new GenerationRequest { Prompt = _prompt, Completions = 64, Sampling = new SamplingSettings { Temperature = 1, TopK = 2, Seed = seed * 1000, MaxNewTokens = 1 } }, Token);
            counts.Add(drawn.Completions.GroupBy(c => c.Text).OrderBy(g => g.Key, StringComparer.Ordinal).First().Count());
        }

        (counts.Max() - counts.Min() <= 1).ShouldBe(sharesOut, string.Join(' ', counts));
    }

    [Fact]
    public async Task OfficialClient_ReadsAnswersProbabilitiesAndStreams()
    {
        var client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(tiny.Server.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) }).GetChatClient("tiny");
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 12, IncludeLogProbabilities = true, TopLogProbabilityCount = 4 };
        OpenAI.Chat.ChatMessage[] messages = [new UserChatMessage("Grüße, no?")];
        ChatCompletion whole = await client.CompleteChatAsync(messages, options, Token);
        whole.ContentTokenLogProbabilities.Count.ShouldBe(whole.Usage.OutputTokenCount);
        whole.ContentTokenLogProbabilities.ShouldAllBe(t => t.TopLogProbabilities.Count == 4 && t.TopLogProbabilities[0].LogProbability >= t.LogProbability - 1e-6f);
        var joined = "";
        var used = 0;
        await foreach (var piece in client.CompleteChatStreamingAsync(messages, options, Token))
        {
            joined += string.Concat(piece.ContentUpdate.Select(c => c.Text));
            used = piece.Usage?.OutputTokenCount ?? used;
        }

        joined.ShouldBe(whole.Content[0].Text);
        used.ShouldBe(whole.Usage.OutputTokenCount);
        (await client.AsIChatClient().GetResponseAsync("Grüße, no?", new ChatOptions { Temperature = 0, MaxOutputTokens = 12 }, Token)).Text.ShouldBe(joined);
        (await Should.ThrowAsync<ClientResultException>(() => client.CompleteChatAsync(messages, new ChatCompletionOptions { MaxOutputTokenCount = 10_000 }, Token))).Status.ShouldBe(400);
    }

    private Task<OpenAiModel> OpenAsync(params string[] rungs)
        => OpenAiModel.OpenAsync(EndpointAddress.Parse($"{tiny.Server.Address}v1#tiny"), rungs.Length == 0 ? null : new EndpointOptions { Rungs = rungs }, cancellationToken: Token);

    private double Log(int[] prompt, int[] answer)
    {
        var places = tiny.Places([.. prompt, .. answer]);
        return answer.Select((t, i) => (double)places[prompt.Length - 1 + i][t]).Sum();
    }
}
