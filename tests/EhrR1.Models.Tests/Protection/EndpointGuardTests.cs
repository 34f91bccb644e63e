using System.Net;
using EhrR1.Charts;
using EhrR1.Models.Tests.Endpoints;

namespace EhrR1.Models.Tests.Protection;

public sealed class EndpointGuardTests
{
    private static readonly DataPolicy _allowed = new() { DataMayLeave = true, Reason = "made-up patients" };

    [Theory]
    [InlineData("127.0.0.1", EndpointReach.Loopback)]
    [InlineData("[::1]", EndpointReach.Loopback)]
    [InlineData("[::ffff:127.0.0.1]", EndpointReach.Loopback)]
    [InlineData("10.255.0.1", EndpointReach.PrivateNetwork)]
    [InlineData("172.16.0.1", EndpointReach.PrivateNetwork)]
    [InlineData("172.31.255.255", EndpointReach.PrivateNetwork)]
    [InlineData("192.168.1.1", EndpointReach.PrivateNetwork)]
    [InlineData("100.64.0.1", EndpointReach.PrivateNetwork)]
    [InlineData("169.254.1.1", EndpointReach.PrivateNetwork)]
    [InlineData("[fd00::1]", EndpointReach.PrivateNetwork)]
    [InlineData("[fe80::1]", EndpointReach.PrivateNetwork)]
    [InlineData("172.32.0.1", EndpointReach.Public)]
    [InlineData("11.0.0.1", EndpointReach.Public)]
    [InlineData("192.169.0.1", EndpointReach.Public)]
    [InlineData("100.128.0.1", EndpointReach.Public)]
    [InlineData("[2001:db8::1]", EndpointReach.Public)]
    [InlineData("[::ffff:8.8.8.8]", EndpointReach.Public)]
    [InlineData("0.0.0.0", EndpointReach.Public)]
    public async Task CheckAsync_NumericAddress_IsAllowedInsideTheNetworkAlone(string host, EndpointReach reach)
    {
        var address = EndpointAddress.Parse($"https://{host}:8000#m");
        (await new EndpointGuard(_allowed).CheckAsync(address)).ShouldBe(reach);
        if (reach == EndpointReach.Public)
            await Should.ThrowAsync<EhrR1Exception>(() => new EndpointGuard(new DataPolicy()).CheckAsync(address));
        else
            (await new EndpointGuard(new DataPolicy()).CheckAsync(address)).ShouldBe(reach);
    }

    [Theory]
    [InlineData("10.0.0.1", true)]
    [InlineData("10.0.0.1,fd00::7", true)]
    [InlineData("10.0.0.1,93.184.216.34", false)]
    [InlineData("", false)]
    public async Task CheckAsync_Name_IsPrivateOnlyIfAllItsAddressesAre(string addresses, bool allowed)
    {
        var guard = new EndpointGuard(new DataPolicy(), (_, _) => Task.FromResult(Addresses(addresses)));
        var check = () => guard.CheckAsync(EndpointAddress.Parse("http://gpu.hospital.example:8000#m"));
        if (allowed)
            (await check()).ShouldBe(EndpointReach.PrivateNetwork);
        else
            (await Should.ThrowAsync<EhrR1Exception>(check)).Message.ShouldContain("gpu.hospital.example");
    }

    [Theory]
    [InlineData(false, "a reason")]
    [InlineData(true, null)]
    [InlineData(true, "  ")]
    public async Task CheckAsync_OutsideWithoutDecisionOrReason_IsRefused(bool mayLeave, string? reason)
        => await Should.ThrowAsync<EhrR1Exception>(() => new EndpointGuard(new DataPolicy { DataMayLeave = mayLeave, Reason = reason }).CheckAsync(EndpointAddress.Parse("https://8.8.8.8#m")));

    [Fact]
    public async Task CheckAsync_OutsideWithoutEncryption_IsRefusedEvenWithAReason()
        => (await Should.ThrowAsync<EhrR1Exception>(() => new EndpointGuard(_allowed).CheckAsync(EndpointAddress.Parse("http://8.8.8.8#m")))).Message.ShouldContain("not encrypted");

    [Fact]
    public async Task ConnectInside_NameThatMeansAnotherAddressLater_IsNotConnected()
    {
        await using var server = await FakeEndpoint.StartAsync();
        var asked = 0;
        var guard = new EndpointGuard(new DataPolicy(), (_, _) => Task.FromResult(Addresses(Interlocked.Increment(ref asked) == 1 ? "127.0.0.1" : "127.0.0.1,93.184.216.34")));
        var address = EndpointAddress.Parse($"http://moving.example:{new Uri(server.Root).Port}#tiny");
        using var client = await EndpointClient.OpenAsync(address, new EndpointOptions(), guard, TimeProvider.System, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<EhrR1Exception>(() => client.GetAsync(address.ApiRoute("models"), r => r.ToString(), CancellationToken.None));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_ServerThatRedirects_SendsNothingElsewhere()
    {
        await using var elsewhere = await FakeEndpoint.StartAsync();
        await using var server = await FakeEndpoint.StartAsync(a => a.AnswerAsync("", 307, "application/json", ("Location", elsewhere.Root + "/v1/chat/completions")));
        using var model = await server.OpenAsync();
        var error = await Should.ThrowAsync<EndpointException>(() => model.GenerateAsync(new GenerationRequest { Prompt = Questions.Of("hello") }));
        error.Fault.ShouldBe(EndpointFault.Redirected);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ask_ProxySetForTheProcess_IsNotUsedInsideTheNetwork()
    {
        await using var proxy = await FakeEndpoint.StartAsync();
        await using var server = await FakeEndpoint.StartAsync();
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Root, BypassOnLocal: false);
        try
        {
            using var model = await server.OpenAsync();
            await model.GenerateAsync(new GenerationRequest { Prompt = Questions.Of("hello") });
            server.ChatRequests.Count.ShouldBe(1);
            proxy.Requests.ShouldBeEmpty();
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private static IPAddress[] Addresses(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
