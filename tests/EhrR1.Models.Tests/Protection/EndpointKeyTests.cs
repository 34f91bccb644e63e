using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Protection;

public sealed class EndpointKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:1#m", "EHR_R1_API_KEY", true)]
    [InlineData("http://127.0.0.1:1#m", "OPENAI_API_KEY", false)]
    [InlineData("https://api.openai.com#m", "OPENAI_API_KEY", true)]
    [InlineData("https://api.openai.com#m", "AZURE_OPENAI_API_KEY", false)]
    [InlineData("https://x.openai.azure.com#m", "AZURE_OPENAI_API_KEY", true)]
    [InlineData("https://api.openai.com.example.org#m", "OPENAI_API_KEY", false)]
    public void Find_ServicesOwnVariable_GoesToThatServiceAlone(string address, string variable, bool found)
        => (EndpointKey.Find(EndpointAddress.Parse(address), environment: v => v == variable ? "sk-secret" : null) is not null).ShouldBe(found);

    [Fact]
    public void Find_File_IsPreferredAndNeverShown()
    {
        var file = _folder.PathOf("key");
        File.WriteAllText(file, "sk-secret\n");
        var key = EndpointKey.Find(EndpointAddress.Parse("http://127.0.0.1:1#m"), file, _ => "other")!;
        key.ToString().ShouldBe($"key from {file}");
        new EndpointOptions { Key = key }.ToString().ShouldNotContain("sk-secret");
        Should.Throw<EhrR1Exception>(() => EndpointKey.Find(EndpointAddress.Parse("http://127.0.0.1:1#m"), _folder.PathOf("missing")));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("sk-\nsecond line")]
    public void Find_WhatIsNoKey_IsRefusedWithoutRepeatingIt(string text)
        => Should.Throw<EhrR1Exception>(() => EndpointKey.Find(EndpointAddress.Parse("http://127.0.0.1:1#m"), environment: _ => text)).Message.ShouldNotContain(text);

    [Fact]
    public async Task Ask_WithKey_SendsItAndNamesOnlyItsOriginWhenRefused()
    {
        await using var server = await FakeEndpoint.StartAsync(a => a.RefuseAsync(401, "Incorrect API key provided: sk-secret"));
        var key = EndpointKey.Find(server.Address(), environment: _ => "sk-secret");
        using var model = await server.OpenAsync(new EndpointOptions { Key = key, Rungs = [] });
        var error = await Should.ThrowAsync<EhrR1Exception>(() => model.GenerateAsync(new GenerationRequest { Prompt = Questions.Of("hello") }));
        error.ToString().ShouldNotContain("sk-secret");
        error.Message.ShouldContain("EHR_R1_API_KEY");
        server.ChatRequests[0].Authorization.ShouldBe("Bearer sk-secret");
    }

    [Fact]
    public async Task Ask_AzureOpenAi_IsAskedByDeploymentVersionAndItsOwnHeader()
    {
        await using var server = await FakeEndpoint.StartAsync();
        server.Routes["/openai/deployments/gpt/chat/completions"] = a => a.AnswerAsync(Replies.Chat("hello"));
        var address = EndpointAddress.Parse($"http://x.openai.azure.com:{new Uri(server.Root).Port}#gpt");
        var options = new EndpointOptions { Key = EndpointKey.Find(address, environment: v => v == "AZURE_OPENAI_API_KEY" ? "azure-secret" : null) };
        // The name means this machine here, so that nothing leaves it.
        var guard = new EndpointGuard(new DataPolicy(), (_, _) => Task.FromResult<System.Net.IPAddress[]>([System.Net.IPAddress.Loopback]));
        using var client = await EndpointClient.OpenAsync(address, options, guard, TimeProvider.System, CancellationToken.None);
        var route = new ChatRoute(client, "gpt", new ServerHabits(isHosted: true, prefersMaxCompletionTokens: true));
        (await Generation.RunAsync(route, Questions.Generation(), CancellationToken.None)).Completions[0].Text.ShouldBe("hello");
        var asked = server.Requests.Single();
        asked.AzureKey.ShouldBe("azure-secret");
        asked.Authorization.ShouldBeEmpty();
        asked.Query.ShouldBe("?api-version=2024-10-21");
        asked.Body!.Select(f => f.Key).ShouldBe(["model", "messages", "max_completion_tokens", "temperature", "top_p"]);
    }
}
