using EhrR1.Tasks;

namespace EhrR1.Models.Tests;

/// <summary>The example and the table of docs/prompts.md, so that the page cannot fall behind the code.</summary>
public sealed class PromptDocumentationTests
{
    [Fact]
    public async Task Example_OfThePage_WritesARequest()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(TokenFixtures.Folder, "tiny-qwen3.json"), folder.PathOf("tokenizer.json"));
        var request = await WriteAsync(folder.FullPath, PromptWriterTests.Risk("r"), [], TestContext.Current.CancellationToken);
        request.Sampling.MaxNewTokens.ShouldBe(128);
        request.Prompt.Question!.Id.ShouldBe("r");
    }

    [Fact]
    public void Example_OfThePage_IsTheOneCompiledHere()
    {
        var example = Lines(Page().Split("```csharp")[1].Split("```")[0]);
        example.Length.ShouldBe(4);
        example.Except(Lines(File.ReadAllText(Repository.PathOf("tests", "EhrR1.Models.Tests", "Prompts", "PromptDocumentationTests.cs"))), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Table_OfThePage_NamesEveryProfile() => ModelProfiles.All.Select(p => $"`{p.Name}`").Where(n => !Page().Contains(n, StringComparison.Ordinal)).ShouldBeEmpty();

    private static async Task<GenerationRequest> WriteAsync(string modelFolder, BenchmarkSample sample, IReadOnlyList<BenchmarkSample> shots, CancellationToken cancel)
    {
        ITokenCounter counter = ByteLevelTokenizer.Load(modelFolder);
        var writer = new PromptWriter(ModelProfiles.Of("Qwen/Qwen3-8B"), counter, new PromptOptions { Think = true });
        WrittenPrompt written = await writer.WriteAsync(sample, shots, cancel);
        var request = new GenerationRequest { Prompt = written.Prompt, Sampling = new SamplingSettings { MaxNewTokens = written.MaxNewTokens } };
        return request;
    }

    private static string Page() => File.ReadAllText(Repository.PathOf("docs", "prompts.md"));

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
