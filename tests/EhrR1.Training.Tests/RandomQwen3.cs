using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>The random Qwen3 that make-gguf.mjs writes, drawn here once more: mulberry32 and Box-Muller, matrices rounded to F16, norms not.</summary>
internal static class RandomQwen3
{
    public static DecoderModel Create()
    {
        var config = new ModelConfig
        {
            VocabularySize = 151_669, HiddenSize = 32, IntermediateSize = 128, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 16,
            MaxPositions = 4096, NormEpsilon = 1e-6, RopeTheta = 1e6, TiesEmbeddings = false,
        };
        var model = DecoderModel.Create(config, 0);
        var weights = model.NamedWeights();
        var state = 1u;
        double Uniform()
        {
            state += 0x6D2B79F5;
            var t = state;
            t = (t ^ (t >> 15)) * (t | 1);
            t ^= t + ((t ^ (t >> 7)) * (t | 61));
            return (t ^ (t >> 14)) / 4294967296.0;
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());
        void Set(string name, Func<double> number)
        {
            using var scope = NewDisposeScope();
            using var off = no_grad();
            var parameter = weights[name + ".weight"];
            var numbers = new float[parameter.numel()];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (float)number();
            var drawn = tensor(numbers, parameter.shape);
            parameter.copy_(parameter.dim() == 1 ? drawn : drawn.to(ScalarType.Float16));
        }

        void Matrix(string name) => Set(name, () => Normal() * 0.08 * Math.Sqrt(64.0 / weights[name + ".weight"].shape[1]));
        void Norm(string name) => Set(name, () => 1 + (0.1 * Normal()));
        Set("model.embed_tokens", () => Normal() * 0.35);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var at = $"model.layers.{layer}.";
            Norm(at + "input_layernorm");
            foreach (var name in new[] { "q", "k", "v" })
                Matrix($"{at}self_attn.{name}_proj");
            Norm(at + "self_attn.q_norm");
            Norm(at + "self_attn.k_norm");
            Matrix(at + "self_attn.o_proj");
            Norm(at + "post_attention_layernorm");
            foreach (var name in new[] { "gate", "up", "down" })
                Matrix($"{at}mlp.{name}_proj");
        }

        Norm("model.norm");
        Set("lm_head", () => Normal() * 0.35);
        return model;
    }
}
