using EhrR1.Charts;

namespace EhrR1.Models.Tests.Protection;

public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000/v1#Qwen3-8B", "http://127.0.0.1:8000/v1/chat/completions", "Qwen3-8B")]
    [InlineData("http://127.0.0.1:8000#Qwen3-8B", "http://127.0.0.1:8000/v1/chat/completions", "Qwen3-8B")]
    [InlineData("http://127.0.0.1:8000/#Qwen/Qwen3-8B", "http://127.0.0.1:8000/v1/chat/completions", "Qwen/Qwen3-8B")]
    [InlineData("http://[::1]:8000/v1/chat/completions#m", "http://[::1]:8000/v1/chat/completions", "m")]
    [InlineData("http://gpu.local:11434/ollama/v1/", "http://gpu.local:11434/ollama/v1/chat/completions", null)]
    [InlineData("https://api.example.org/openai/v1#a#b", "https://api.example.org/openai/v1/chat/completions", "a#b")]
    [InlineData("https://x.openai.azure.com#gpt", "https://x.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21", "gpt")]
    [InlineData("https://x.openai.azure.com/openai/deployments/gpt?api-version=2025-01-01", "https://x.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2025-01-01", "gpt")]
    [InlineData("https://x.openai.azure.com/openai/v1#gpt", "https://x.openai.azure.com/openai/v1/chat/completions", "gpt")]
    public void Parse_Address_AsksTheRouteOfTheProtocol(string text, string route, string? model)
    {
        var address = EndpointAddress.Parse(text);
        address.ApiRoute("chat/completions").ToString().ShouldBe(route);
        address.Model.ShouldBe(model);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8000/v1#m")]
    [InlineData("http://127.0.0.1:8000/sub/v1#m")]
    [InlineData("https://x.openai.azure.com/openai/v1#m")]
    public void ToString_Address_ReadsBackAsTheSame(string text)
    {
        EndpointAddress.Parse(text).ToString().ShouldBe(text);
        EndpointAddress.Parse(EndpointAddress.Parse(text).ToString()).ShouldBe(EndpointAddress.Parse(text));
    }

    [Fact]
    public void ServerRoute_AddressWithVersion_StandsBesideIt()
        => EndpointAddress.Parse("http://127.0.0.1:8000/sub/v1#m").ServerRoute("tokenize").ToString().ShouldBe("http://127.0.0.1:8000/sub/tokenize");

    [Theory]
    [InlineData("http://user:sk-secret@127.0.0.1:8000/v1#m")]
    [InlineData("http://127.0.0.1:8000/v1?api_key=sk-secret#m")]
    [InlineData("https://x.openai.azure.com?api-version=2025-01-01&key=sk-secret#m")]
    [InlineData("ftp://sk-secret#m")]
    [InlineData("sk-secret")]
    public void Parse_SecretInTheAddress_IsRefusedWithoutRepeatingIt(string text)
        => Should.Throw<EhrR1Exception>(() => EndpointAddress.Parse(text)).Message.ShouldNotContain("sk-secret");

    [Theory]
    [InlineData("http://127.0.0.1:1#x", true)]
    [InlineData("HTTPS://host", true)]
    [InlineData("gbm", false)]
    [InlineData(null, false)]
    public void IsAddress_Text_TellsEndpointsFromBaselines(string? text, bool expected) => EndpointAddress.IsAddress(text).ShouldBe(expected);
}
