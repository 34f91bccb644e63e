using System.ClientModel;
using EhrR1.Charts;
using Microsoft.Extensions.AI;
using OpenAI;

namespace EhrR1.Models.Tests.Endpoints;

public sealed class ChatClientModelTests
{
    [Fact]
    public async Task Generate_OfficialLibrary_GivesTextUsageAndReason()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat("answer")));
        var model = await ChatClientModel.OpenAsync(ClientOf(server.Root));
        model.Name.ShouldBe("tiny");
        var response = await model.GenerateAsync(Questions.Generation() with { Completions = 2 });
        response.Completions.ShouldBe([new Completion("answer", FinishReason.Stop), new Completion("answer", FinishReason.Stop)]);
        response.Usage.ShouldBe(new TokenUsage(20, 4, 8));
    }

    [Fact]
    public async Task Score_OfficialLibrary_DrawsTheShare()
    {
        var asked = 0;
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync(Replies.Chat(Interlocked.Increment(ref asked) % 4 == 0 ? "No." : "Yes.")));
        var model = await ChatClientModel.OpenAsync(ClientOf(server.Root), new EndpointOptions { Samples = 8 });
        var scores = (await model.ScoreAnswersAsync(Questions.YesOrNo()))!;
        scores.Source.ShouldBe("sampling");
        scores.ShareOfFirst().ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public async Task Generate_LibraryThatFails_DoesNotQuoteThePrompt()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(400, "no"));
        var model = await ChatClientModel.OpenAsync(ClientOf(server.Root));
        (await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(Questions.Generation()))).ToString().ShouldNotContain(Questions.Canary);
    }

    [Fact]
    public async Task Open_ClientThatSendsOutside_IsRefused()
        => await Should.ThrowAsync<EhrR1Exception>(() => ChatClientModel.OpenAsync(ClientOf("https://8.8.8.8")));

    private static IChatClient ClientOf(string root) => new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(root + "/v1"), RetryPolicy = new System.ClientModel.Primitives.ClientRetryPolicy(0) })
        .GetChatClient("tiny").AsIChatClient();
}
