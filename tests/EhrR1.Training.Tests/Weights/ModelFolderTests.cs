using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class ModelFolderTests
{
    [Theory]
    [InlineData(ModelFamily.Qwen3, true, long.MaxValue)]
    [InlineData(ModelFamily.Qwen2, false, 3000)]
    [InlineData(ModelFamily.Llama, true, 1)]
    public void Save_ThenLoad_IsTheSameModel(ModelFamily family, bool tied, long shard)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = Small.Model(family, tied);
        ModelFolder.Save(model, folder.FullPath, shardBytes: shard);
        using var again = ModelFolder.LoadModel(folder.FullPath);
        (again.Config with { EndTokens = [] }).ShouldBe(model.Config with { EndTokens = [] });
        again.Config.EndTokens.ShouldBe(model.Config.EndTokens);
        foreach (var (name, weight) in model.NamedWeights())
            Small.Numbers(again.NamedWeights()[name]).ShouldBe(Small.Numbers(weight), name);
        File.Exists(folder.PathOf("model.safetensors")).ShouldBe(shard == long.MaxValue);
        File.Exists(folder.PathOf("model.safetensors.index.json")).ShouldBe(shard != long.MaxValue);
        GenerationDefaults.Read(folder.FullPath, again.Config).EndTokens.ShouldBe([1]);
        Directory.EnumerateFiles(folder.FullPath, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public void Save_InOneFileAfterShards_LeavesNoOldFiles()
    {
        using var folder = new TemporaryFolder();
        using var model = Small.Model();
        ModelFolder.Save(model, folder.FullPath, shardBytes: 3000);
        ModelFolder.Save(model, folder.FullPath);
        Directory.EnumerateFiles(folder.FullPath, "model*").Select(Path.GetFileName).ShouldBe(["model.safetensors"]);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16, 8)]
    [InlineData(ScalarType.Float16, 11)]
    public void Save_InHalfTheBytes_RoundsOnce(ScalarType type, int bits)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        ModelFolder.Save(model, folder.FullPath, type: type);
        File.ReadAllText(folder.PathOf("config.json")).ShouldContain(type == ScalarType.BFloat16 ? "\"bfloat16\"" : "\"float16\"");
        using var again = ModelFolder.LoadModel(folder.FullPath);
        foreach (var (name, weight) in model.NamedWeights())
        {
            foreach (var (was, isNow) in Small.Numbers(weight).Zip(Small.Numbers(again.NamedWeights()[name])))
                Math.Abs(was - isNow).ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(was) * MathF.Pow(2, -bits), 1e-7f), name);
        }
    }

    [Fact]
    public void Write_ASafetensorsFile_HasTheBytesOfTheFormat()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var file = folder.PathOf("a.safetensors");
        SafetensorsWriter.Write(file, [("b", tensor(new[] { 1f, -2f }, [1, 2])), ("a", tensor(new[] { 1.5f }).to(ScalarType.BFloat16))]);
        var bytes = File.ReadAllBytes(file);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        (length % 8).ShouldBe(0);
        Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ').ShouldBe("""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"a":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]}}""");
        bytes[(8 + length)..].ShouldBe([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0xC0, 0x3F]);
        using var read = SafetensorsFile.Open(file);
        Small.Numbers(read.Read("b")).ShouldBe([1, -2]);
        Small.Numbers(read.Read("a")).ShouldBe([1.5f]);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,40]}}""", "lies at bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "negative")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,4]}}""", "more numbers")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", "type Q4")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[2,4]}}""", "begins at byte")]
    [InlineData("""{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}""", "end at byte")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "cannot be read")]
    [InlineData("no json", "cannot be read")]
    public void Open_AWrongHeader_SaysWhatIsWrong(string header, string what)
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("a.safetensors");
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        File.WriteAllBytes(file, bytes);
        Should.Throw<EhrR1Exception>(() => SafetensorsFile.Open(file)).Message.ShouldContain(what);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, long.MaxValue);
        File.WriteAllBytes(file, bytes);
        Should.Throw<EhrR1Exception>(() => SafetensorsFile.Open(file)).Message.ShouldContain("claims");
    }

    [Fact]
    public void LoadModel_OfAFolderThatIsNotWhole_NamesWhatIsWrong()
    {
        using var folder = new TemporaryFolder();
        using var model = Small.Model();
        ModelFolder.Save(model, folder.FullPath, shardBytes: 3000);
        var shard = Directory.EnumerateFiles(folder.FullPath, "model-00002*").Single();
        var bytes = File.ReadAllBytes(shard);
        File.Delete(shard);
        Fails(folder.FullPath, Path.GetFileName(shard));
        File.WriteAllBytes(shard, bytes);
        var config = File.ReadAllText(folder.PathOf("config.json"));
        foreach (var (field, value, what) in new[]
        {
            ("hidden_size", 16, "model.embed_tokens.weight has the shape [53, 12], and config.json asks for [53, 16]"),
            ("num_hidden_layers", 3, "lack the tensor model.layers.2.input_layernorm.weight"),
            ("num_hidden_layers", 1, "hold the tensor model.layers.1.input_layernorm.weight"),
        })
        {
            var json = JsonNode.Parse(config)!;
            json[field] = value;
            File.WriteAllText(folder.PathOf("config.json"), json.ToJsonString());
            Fails(folder.FullPath, what);
        }

        File.Delete(folder.PathOf("model.safetensors.index.json"));
        Fails(folder.FullPath, "no weights");
        Fails(folder.PathOf("none"), "no such model folder");
    }

    [Fact]
    public void LoadTokenizer_OfATokenBeyondTheTable_IsRefusedAndPaddingRowsAreNot()
    {
        using var tiny = new TinyStage();
        var config = ModelConfig.Read(tiny.Model);
        var tokens = tiny.Tokenizer.VocabularySize;
        config.VocabularySize.ShouldBeGreaterThan(tokens);
        ModelFolder.LoadTokenizer(tiny.Model, config).VocabularySize.ShouldBe(tokens);
        ModelFolder.LoadTokenizer(tiny.Model, config with { VocabularySize = tokens }).VocabularySize.ShouldBe(tokens);
        Should.Throw<EhrR1Exception>(() => ModelFolder.LoadTokenizer(tiny.Model, config with { VocabularySize = tokens - 1 }))
            .Message.ShouldContain($"go up to id {tokens - 1}, and the model's embedding table has {tokens - 1} rows");
        // Not an added one: a text's own.
        var file = Path.Combine(tiny.Model, "tokenizer.json");
        var json = JsonNode.Parse(File.ReadAllText(file))!;
        json["model"]!["vocab"]!["zq"] = config.VocabularySize + 5;
        File.WriteAllText(file, json.ToJsonString());
        Should.Throw<EhrR1Exception>(() => ModelFolder.LoadTokenizer(tiny.Model, config)).Message.ShouldContain($"go up to id {config.VocabularySize + 5}");
    }

    [Fact]
    public void Save_OnAFullDisk_SaysSoAndTheModelBeforeIsWhole()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var first = Small.Model(seed: 1);
        using var second = Small.Model(seed: 2);
        ModelFolder.Save(first, folder.FullPath);
        File.CreateSymbolicLink(folder.PathOf("model.safetensors") + AtomicFile.TemporaryEnding, "/dev/full");
        var error = Should.Throw<EhrR1Exception>(() => ModelFolder.Save(second, folder.FullPath));
        (error.What.StartsWith("The file cannot be written: ", StringComparison.Ordinal), error.WhatToDo.StartsWith("Free disk space", StringComparison.Ordinal)).ShouldBe((true, true));
        using var again = ModelFolder.LoadModel(folder.FullPath);
        foreach (var (name, weight) in first.NamedWeights())
            Small.Numbers(again.NamedWeights()[name]).ShouldBe(Small.Numbers(weight), name);
    }

    [Fact]
    public void LoadModel_LargerThanMemory_SaysWhatToLower()
    {
        // Where the kernel promises more than it has, asking would not fail, but using would.
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.ReadAllText("/proc/sys/vm/overcommit_memory").Trim() != "1", "Only Linux refuses such sizes at once.");
        using var folder = new TemporaryFolder();
        using var model = Small.Model();
        ModelFolder.Save(model, folder.FullPath);
        // A table of 4 TiB: a file with a hole, which takes no room.
        const long Rows = 1L << 30, Width = 1024, Bytes = 4 * Rows * Width;
        var config = ModelConfig.Read(folder.FullPath) with { VocabularySize = (int)Rows, HiddenSize = (int)Width };
        File.WriteAllText(folder.PathOf("config.json"), config.ToJson("float32"));
        var header = new JsonObject();
        long at = 0;
        foreach (var (name, shape) in ModelLayout.Of(config))
        {
            var size = 4 * shape.Aggregate(1L, (product, one) => product * one);
            header[name] = new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray([.. shape.Select(s => JsonValue.Create(s))]), ["data_offsets"] = new JsonArray(at, at + size) };
            at += size;
        }

        at.ShouldBeGreaterThan(Bytes);
        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        using (var stream = File.Create(folder.PathOf("model.safetensors")))
        {
            stream.Write(BitConverter.GetBytes((long)json.Length));
            stream.Write(json);
            stream.SetLength(8 + json.Length + at);
        }

        var error = Should.Throw<EhrR1Exception>(() => ModelFolder.LoadModel(folder.FullPath).Dispose());
        error.What.ShouldStartWith("Memory is short for a model of 1,09");
        error.WhatToDo.ShouldContain("bfloat16");
    }

    private static void Fails(string folder, string what) => Should.Throw<EhrR1Exception>(() => ModelFolder.LoadModel(folder).Dispose()).Message.ShouldContain(what);
}
