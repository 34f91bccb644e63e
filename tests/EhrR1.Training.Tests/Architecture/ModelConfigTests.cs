using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Training.Tests;

public sealed class ModelConfigTests
{
    // As Qwen3-1.7B is published.
    private const string Published = """
        {"architectures":["Qwen3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":2048,
        "initializer_range":0.02,"intermediate_size":6144,"max_position_embeddings":40960,"max_window_layers":28,"model_type":"qwen3","num_attention_heads":16,"num_hidden_layers":28,
        "num_key_value_heads":8,"rms_norm_eps":1e-06,"rope_scaling":null,"rope_theta":1000000,"sliding_window":null,"tie_word_embeddings":true,"torch_dtype":"bfloat16",
        "transformers_version":"4.51.0","use_cache":true,"use_sliding_window":false,"vocab_size":151936}
        """;

    [Fact]
    public void Layout_OfQwen3_IsThePublishedOne()
    {
        var config = Read(Published);
        var layout = ModelLayout.Of(config).ToDictionary(t => t.Name, t => t.Shape.ToArray());
        layout.Count.ShouldBe(2 + (28 * 11));
        layout["model.embed_tokens.weight"].ShouldBe([151936, 2048]);
        layout["model.norm.weight"].ShouldBe([2048]);
        layout.ContainsKey("lm_head.weight").ShouldBeFalse();
        foreach (var (name, shape) in new (string, long[])[]
        {
            ("input_layernorm", [2048]), ("self_attn.q_proj", [2048, 2048]), ("self_attn.k_proj", [1024, 2048]), ("self_attn.v_proj", [1024, 2048]), ("self_attn.o_proj", [2048, 2048]),
            ("self_attn.q_norm", [128]), ("self_attn.k_norm", [128]), ("post_attention_layernorm", [2048]), ("mlp.gate_proj", [6144, 2048]), ("mlp.up_proj", [6144, 2048]), ("mlp.down_proj", [2048, 6144]),
        })
        {
            layout[$"model.layers.27.{name}.weight"].ShouldBe(shape, name);
        }

        // 1.7B: what the model card counts.
        config.Parameters.ShouldBe(1_720_574_976);
    }

    [Fact]
    public void ToJson_OfQwen3_HasEveryPublishedField()
    {
        var written = JsonNode.Parse(Read(Published).ToJson("bfloat16"))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(Published)!.AsObject())
        {
            written.ContainsKey(name).ShouldBeTrue(name);
            if (value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number)
                written[name]!.GetValue<double>().ShouldBe(value.GetValue<double>(), name);
            else
                (written[name]?.ToJsonString()).ShouldBe(value?.ToJsonString(), name);
        }
    }

    [Theory]
    [InlineData("\"model_type\":\"qwen3\"", "\"model_type\":\"mamba\"", "'mamba' is not supported")]
    [InlineData("\"rope_scaling\":null", "\"rope_scaling\":{\"rope_type\":\"yarn\",\"factor\":4}", "yarn")]
    [InlineData("\"hidden_act\":\"silu\"", "\"hidden_act\":\"gelu\"", "gelu")]
    [InlineData("\"use_sliding_window\":false", "\"use_sliding_window\":true", "use_sliding_window")]
    [InlineData("\"hidden_size\":2048,", "", "lacks hidden_size")]
    [InlineData("\"hidden_size\":2048,", "\"hidden_size\":\"wide\",", "hidden_size is no whole number")]
    [InlineData("\"num_key_value_heads\":8", "\"num_key_value_heads\":5", "no multiple")]
    [InlineData("\"head_dim\":128", "\"head_dim\":127", "even")]
    [InlineData("\"num_hidden_layers\":28", "\"num_hidden_layers\":0", "num_hidden_layers is 0")]
    [InlineData("\"eos_token_id\":151645", "\"eos_token_id\":[151645,200000]", "eos_token_id is 200000")]
    [InlineData("{\"architectures\"", "\"architectures\"", "cannot be read")]
    public void Read_OfWhatIsWrong_SaysIt(string was, string isNow, string what)
    {
        Published.ShouldContain(was);
        var error = Should.Throw<EhrR1Exception>(() => Read(Published.Replace(was, isNow, StringComparison.Ordinal)));
        error.Message.ShouldContain(what);
        error.Where!.ShouldEndWith("config.json");
    }

    [Fact]
    public void Read_OfTheNewerSpelling_FindsTheRotaryBase() =>
        Read(Published.Replace("\"rope_scaling\":null,\"rope_theta\":1000000", "\"rope_parameters\":{\"rope_theta\":500000,\"rope_type\":\"default\"}", StringComparison.Ordinal)).RopeTheta.ShouldBe(500_000);

    private static ModelConfig Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("config.json"), json);
        return ModelConfig.Read(folder.FullPath);
    }
}
