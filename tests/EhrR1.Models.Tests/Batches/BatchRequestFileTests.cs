using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Models.Tests.Batches;

public sealed class BatchRequestFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_ForVllm_WritesTheEnvelopeAndSaysTheDrawPlainly()
    {
        var line = Write(BatchService.Vllm, Request("Chart \"of\"\n1 µmol"));
        line["custom_id"]!.ToString().ShouldBe(RequestHash.Of("m", Request("Chart \"of\"\n1 µmol")));
        line["method"]!.ToString().ShouldBe("POST");
        line["url"]!.ToString().ShouldBe("/v1/chat/completions");
        var body = line["body"]!;
        body["model"]!.ToString().ShouldBe("m");
        body["messages"]!.ToJsonString().ShouldBe(new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Chart \"of\"\n1 µmol" }).ToJsonString());
        (body["n"]!.GetValue<int>(), body["seed"]!.GetValue<int>(), body["max_tokens"]!.GetValue<int>(), body["temperature"]!.GetValue<double>()).ShouldBe((3, 7, 200, 0.5));
        (body["top_k"]!.GetValue<int>(), body["repetition_penalty"]!.GetValue<int>()).ShouldBe((-1, 1));
    }

    [Fact]
    public void Add_ForOpenAi_HasItsFieldsAlone()
    {
        var body = Write(BatchService.OpenAi, Request("a"))["body"]!.AsObject();
        body.Select(f => f.Key).ShouldBe(["model", "messages", "max_completion_tokens", "temperature", "top_p", "seed", "n"]);
    }

    [Fact]
    public void Commit_BeyondTheLimits_WritesNumberedPartsOfWholeLines()
    {
        var path = _folder.PathOf("b.jsonl");
        var requests = Enumerable.Range(0, 7).Select(i => Request($"prompt {i}")).ToList();
        using (var batch = BatchRequestFile.Begin(path, BatchService.Vllm, new BatchLimits { Requests = 3 }))
        {
            requests.ForEach(r => batch.Add("m", r));
            batch.Commit().Select(Path.GetFileName).ShouldBe(["b-001.jsonl", "b-002.jsonl", "b-003.jsonl"]);
        }

        Directory.GetFiles(_folder.FullPath).Order().SelectMany(File.ReadAllLines).Select(l => JsonNode.Parse(l)!["custom_id"]!.ToString()).ShouldBe(requests.Select(r => RequestHash.Of("m", r)));

        // By bytes: room for two lines and a half.
        long bytes = File.ReadLines(_folder.PathOf("b-001.jsonl")).First().Length;
        using (var batch = BatchRequestFile.Begin(path, BatchService.Vllm, new BatchLimits { Bytes = bytes * 5 / 2 }))
        {
            requests.ForEach(r => batch.Add("m", r));
            batch.Commit().Count.ShouldBe(4);
        }

        Directory.GetFiles(_folder.FullPath).ShouldAllBe(f => new FileInfo(f).Length <= bytes * 5 / 2);
    }

    [Fact]
    public void Commit_AShorterBatchOfTheSameName_LeavesNoPartsOfTheLonger()
    {
        var path = _folder.PathOf("b.jsonl");
        using (var batch = BatchRequestFile.Begin(path, BatchService.Vllm, new BatchLimits { Requests = 1 }))
        {
            batch.Add("m", Request("1"));
            batch.Add("m", Request("2"));
            batch.Commit().Count.ShouldBe(2);
        }

        using (var batch = BatchRequestFile.Begin(path, BatchService.Vllm))
        {
            batch.Add("m", Request("1"));
            batch.Add("m", Request("1"));
            batch.Count.ShouldBe(1);
            batch.Commit().ShouldBe([path]);
        }

        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
        File.ReadAllLines(path).Length.ShouldBe(1);
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesNothing()
    {
        using (var batch = BatchRequestFile.Begin(_folder.PathOf("b.jsonl"), BatchService.Vllm, new BatchLimits { Requests = 1 }))
        {
            batch.Add("m", Request("1"));
            batch.Add("m", Request("2"));
        }

        Directory.GetFiles(_folder.FullPath).ShouldBeEmpty();
    }

    [Fact]
    public void Commit_OnUnix_IsReadableByItsOwnerAlone()
    {
        Write(BatchService.Vllm, Request("a"));
        if (OperatingSystem.IsWindows())
            Assert.Skip("Windows has no such modes.");
        else
            File.GetUnixFileMode(_folder.PathOf("b.jsonl")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Add_ARequestLargerThanAFile_IsSaid()
    {
        using var batch = BatchRequestFile.Begin(_folder.PathOf("b.jsonl"), BatchService.Vllm, new BatchLimits { Bytes = 500 });
        var error = Should.Throw<EhrR1Exception>(() => batch.Add("m", Request(new string('x', 600))));
        error.Message.ShouldContain("larger than a batch file");
        error.Message.ShouldNotContain("xxx");
    }

    internal static GenerationRequest Request(string text, int completions = 3, long seed = 7) => new()
    {
        Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, text)]),
        Completions = completions,
        Sampling = new SamplingSettings { Temperature = 0.5, MaxNewTokens = 200, Seed = seed },
    };

    private JsonNode Write(BatchService service, GenerationRequest request)
    {
        using var batch = BatchRequestFile.Begin(_folder.PathOf("b.jsonl"), service);
        batch.Add("m", request);
        return JsonNode.Parse(File.ReadAllLines(batch.Commit().Single()).Single())!;
    }
}
