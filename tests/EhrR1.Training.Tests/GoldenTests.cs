using System.IO.Compression;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>The decoder against two programs that others wrote.</summary>
public sealed class GoldenTests
{
    [Fact]
    public void Stories_MostProbableTokens_AreThoseOfLlama2C()
    {
        var source = Stories.Folder();
        using var folder = new TemporaryFolder();
        Stories.Convert(Path.Combine(source, "stories260K.bin"), folder.FullPath);
        using var model = ModelFolder.LoadModel(folder.FullPath);
        using var mode = inference_mode();
        using var scope = NewDisposeScope();
        using var cache = model.NewCache(1);
        var ids = new List<int> { 1 };
        for (var i = 0; i < 200; i++)
        {
            using var step = NewDisposeScope();
            ids.Add((int)model.Forward(Small.Batch([ids[^1]]), new DecoderInput { Cache = cache })[0, 0].argmax().ToInt64());
        }

        var expected = File.ReadAllText(Path.Combine(source, "golden_t0_n200.txt")).TrimEnd('\n');
        Stories.Text(Stories.Tokens(Path.Combine(source, "tok512.bin"), 512), ids).ShouldBe(expected);
        using var batch = new GenerationBatch(model);
        batch.Run([new SequenceRequest([1], new SequenceOptions { MaxNewTokens = 200 })])[0].Tokens.ShouldBe(ids[1..]);
    }

    [Fact]
    public void RandomQwen3_Logits_AreThoseOfLlamaCpp()
    {
        var file = Path.Combine(RealData.Folder ?? "", "..", "tools", "llm", "reference-logits.json.gz");
        Assert.SkipUnless(RealData.Folder is not null && File.Exists(file), "Beside the folder that EHR_R1_DATA names lies no tools/llm/reference-logits.json.gz.");
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        using var scope = NewDisposeScope();
        using var mode = inference_mode();
        using var model = RandomQwen3.Create();
        int[] prompt = [.. json.RootElement.GetProperty("prompt").EnumerateArray().Select(e => e.GetInt32())];
        var logits = model.Forward(Small.Batch(prompt))[0];
        var position = 0;
        foreach (var row in json.RootElement.GetProperty("logits").EnumerateArray())
        {
            var actual = Small.Numbers(logits[position]);
            var best = row.EnumerateArray().MaxBy(e => e[1].GetDouble())[0].GetInt32();
            Array.IndexOf(actual, actual.Max()).ShouldBe(best, $"position {position}");
            foreach (var pair in row.EnumerateArray())
                ((double)actual[pair[0].GetInt32()]).ShouldBe(pair[1].GetDouble(), 0.02, $"position {position}, token {pair[0]}");
            position++;
        }

        position.ShouldBe(21);
    }
}
