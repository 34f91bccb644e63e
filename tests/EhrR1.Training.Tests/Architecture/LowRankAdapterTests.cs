using System.Text.Json.Nodes;
using EhrR1.Charts;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

public sealed class LowRankAdapterTests
{
    [Theory]
    [InlineData(LowRankStart.Uniform)]
    [InlineData(LowRankStart.Normal)]
    public void Merge_OfATrainedAdapter_GivesTheSameLogits(LowRankStart start)
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        var ids = Small.Batch(Small.Ids(10));
        var before = model.Forward(ids);
        using var adapter = LowRankAdapter.Attach(model, new LowRankOptions { Rank = 3, Alpha = 6, Start = start });
        Small.Farthest(model.Forward(ids), before).ShouldBe(0);
        Disturb(adapter);
        var attached = model.Forward(ids);
        Small.Farthest(attached, before).ShouldBeGreaterThan(0.01);
        adapter.Merge(model);
        Small.Farthest(model.Forward(ids), attached).ShouldBeLessThan(5e-5);
        model.NamedWeights().Values.ShouldAllBe(p => p.requires_grad);
    }

    [Fact]
    public void Gradients_WithAnAdapter_ReachItAlone()
    {
        using var scope = NewDisposeScope();
        using var model = Small.Model(options: new DecoderOptions { RecomputesLayers = true });
        using var adapter = LowRankAdapter.Attach(model, new LowRankOptions { Rank = 2, Targets = ["q_proj", "v_proj"] });
        adapter.NamedParameters().Count().ShouldBe(2 * 2 * 2);
        Disturb(adapter);
        int[] ids = Small.Ids(10), targets = [.. ids[1..], -100];
        model.LogProbabilities(Small.Batch(ids), Small.Batch(targets)).sum().backward();
        model.NamedWeights().Values.ShouldAllBe(p => ReferenceEquals(p.grad, null));
        foreach (var (name, parameter) in adapter.NamedParameters())
            parameter.grad!.abs().sum().ToDouble().ShouldBeGreaterThan(0, name);
    }

    [Fact]
    public void Save_ThenLoad_IsTheSameAdapterByPeftsNames()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = Small.Model();
        var ids = Small.Batch(Small.Ids(10));
        using var adapter = LowRankAdapter.Attach(model, new LowRankOptions { Rank = 2, Alpha = 5, Targets = ["k_proj", "down_proj"] });
        Disturb(adapter);
        var expected = model.Forward(ids);
        AdapterFolder.Save(adapter, folder.FullPath, "base");
        adapter.Detach(model);
        using (var file = SafetensorsFile.Open(folder.PathOf("adapter_model.safetensors")))
        {
            file.Entries["base_model.model.model.layers.1.self_attn.k_proj.lora_A.weight"].Shape.ShouldBe([2, 12]);
            file.Entries["base_model.model.model.layers.0.mlp.down_proj.lora_B.weight"].Shape.ShouldBe([12, 2]);
        }

        using var again = AdapterFolder.Load(model, folder.FullPath);
        Small.Farthest(model.Forward(ids), expected).ShouldBe(0);
        using var other = Small.Model(Small.Config(ModelFamily.Qwen3) with { HiddenSize = 16 });
        Should.Throw<EhrR1Exception>(() => AdapterFolder.Load(other, folder.FullPath)).Message.ShouldContain("lora_A");
    }

    [Theory]
    [InlineData("alpha_pattern", """{ "q_proj": 64 }""", "sets alpha_pattern")]
    [InlineData("rank_pattern", """{ "q_proj": 8 }""", "sets rank_pattern")]
    [InlineData("modules_to_save", """["lm_head"]""", "sets modules_to_save")]
    [InlineData("bias", "\"all\"", "sets bias to all, and none alone")]
    [InlineData("lora_bias", "true", "sets lora_bias")]
    [InlineData("use_dora", "true", "sets use_dora")]
    [InlineData("use_bdlora", "true", "sets use_bdlora")]
    [InlineData("kasa_config", """{ "beta": 0.1 }""", "sets kasa_config")]
    [InlineData("arrow_config", """{ "top_k": 3 }""", "sets arrow_config")]
    [InlineData("peft_type", "\"IA3\"", "sets peft_type to IA3")]
    public void Load_SettingThatChangesTheArithmetic_IsRefusedByName(string name, string value, string said)
    {
        using var folder = Saved(name, value);
        using var model = Small.Model();
        Should.Throw<EhrR1Exception>(() => AdapterFolder.Load(model, folder.FullPath)).What.ShouldStartWith("The adapter " + said);
        model.NamedWeights().Values.ShouldAllBe(p => p.requires_grad);
    }

    [Theory]
    [InlineData("alpha_pattern", "{}")]
    [InlineData("modules_to_save", "[]")]
    [InlineData("layer_replication", "null")]
    [InlineData("lora_dropout", "0.1")]
    public void Load_SettingThatChangesNothing_IsPassedOver(string name, string value)
    {
        using var folder = Saved(name, value);
        using var model = Small.Model();
        using var adapter = AdapterFolder.Load(model, folder.FullPath);
        adapter.Options.Rank.ShouldBe(2);
    }

    [Fact]
    public void Attach_ToWhatIsNotThere_IsRefused()
    {
        using var model = Small.Model();
        Should.Throw<EhrR1Exception>(() => LowRankAdapter.Attach(model, new LowRankOptions { Targets = ["x_proj"] })).Message.ShouldContain("x_proj");
        Should.Throw<EhrR1Exception>(() => LowRankAdapter.Attach(model, new LowRankOptions { Rank = 0 }));
    }

    // An adapter as it is written, with one setting of its configuration another.
    private static TemporaryFolder Saved(string name, string value)
    {
        var folder = new TemporaryFolder();
        using var model = Small.Model();
        using (var adapter = LowRankAdapter.Attach(model, new LowRankOptions { Rank = 2, Alpha = 5 }))
            AdapterFolder.Save(adapter, folder.FullPath, "base");
        var json = JsonNode.Parse(File.ReadAllText(folder.PathOf(AdapterFolder.ConfigFile)))!;
        json[name] = JsonNode.Parse(value);
        File.WriteAllText(folder.PathOf(AdapterFolder.ConfigFile), json.ToJsonString());
        return folder;
    }

    private static void Disturb(LowRankAdapter adapter)
    {
        using var off = no_grad();
        foreach (var (_, parameter) in adapter.NamedParameters())
            parameter.add_(randn(parameter.shape, generator: new Generator(4)).mul_(0.2));
    }
}
