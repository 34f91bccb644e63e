using EhrR1.Charts;

namespace EhrR1.Models.Tests;

public sealed class ModelProfilesTests
{
    [Theory]
    [InlineData("Qwen/Qwen3-8B", "qwen3")]
    [InlineData("qwen3-8b-q4_k_m.gguf", "qwen3")]
    [InlineData("qwen3:1.7b", "qwen3")]
    [InlineData("/models/Qwen3-30B-A3B/", "qwen3")]
    [InlineData("Qwen/Qwen3-235B-A22B-Instruct-2507-FP8", "qwen3-instruct")]
    [InlineData("Qwen/Qwen3-4B-Thinking-2507", "qwen3-thinking")]
    [InlineData("Qwen/Qwen3.6-27B", "qwen3.5")]
    [InlineData("Qwen/Qwen2.5-72B-Instruct-AWQ", "qwen2.5")]
    [InlineData("BlueZeros/EHR-R1-1.7B", "ehr-r1-1.7b")]
    [InlineData("BlueZeros/EHR-R1-8B", "ehr-r1-8b")]
    [InlineData("EHR_R1_72B.Q8_0.gguf", "ehr-r1-72b")]
    [InlineData("openai/gpt-oss-120b", "gpt-oss")]
    [InlineData("gpt-oss:20b", "gpt-oss")]
    [InlineData("meta-llama/Llama-3.3-70B-Instruct", "llama-3")]
    [InlineData("llama3.3:70b-instruct-q4_K_M", "llama-3")]
    [InlineData("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "deepseek-r1")]
    [InlineData("/srv/llama3/medgemma-27b-it", "llama-3")]
    [InlineData("gpt-4o-2024-08-06", "generic")]
    [InlineData("", "generic")]
    public void Of_NamesAsEndpointsGiveThem_FindsTheKind(string model, string profile) => ModelProfiles.Of(model).Name.ShouldBe(profile);

    [Fact]
    public void Get_EveryName_GivesThatProfile()
    {
        foreach (var profile in ModelProfiles.All)
            ModelProfiles.Get(profile.Name).ShouldBeSameAs(profile);
        ModelProfiles.All.Select(p => p.Name).ShouldBeUnique();
        Should.Throw<EhrR1Exception>(() => ModelProfiles.Get("nothing")).WhatToDo.ShouldContain("qwen3");
    }

    [Fact]
    public void All_TrainedOnes_AreEhrR1Alone() =>
        ModelProfiles.All.Where(p => p.IsTrainedOnEhrBench).Select(p => p.Name).ShouldBe(["ehr-r1-72b", "ehr-r1-1.7b", "ehr-r1-8b"]);

    [Fact]
    public void TemplateTokens_OfQwen3sOwnTemplate_AreAnUpperBound()
    {
        var qwen = TokenFixtures.Qwen3();
        var profile = ModelProfiles.Get("qwen3");
        string[] texts = [profile.SystemText!, "chart\nquestion", "answer", "chart\nquestion"];
        // As the chat template in tokenizer_config.json writes it, thinking off.
        var rendered = $"<|im_start|>system\n{texts[0]}<|im_end|>\n<|im_start|>user\n{texts[1]}<|im_end|>\n<|im_start|>assistant\n{texts[2]}<|im_end|>\n<|im_start|>user\n{texts[3]}<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
        var bound = profile.TemplateTokens + texts.Sum(t => qwen.Count(t) + profile.TokensPerMessage);
        qwen.EncodeTemplate(rendered).Length.ShouldBeLessThanOrEqualTo(bound);
    }
}
