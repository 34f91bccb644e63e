using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Tests;

/// <summary>Models small enough to be computed by hand, with nothing at a value that would hide a mistake.</summary>
internal static class Small
{
    public static ModelConfig Config(ModelFamily family, bool tied = true) => new()
    {
        Family = family, VocabularySize = 53, HiddenSize = 12, IntermediateSize = 20, Layers = 2, Heads = 4, KeyValueHeads = 2, HeadSize = 8,
        MaxPositions = 128, NormEpsilon = 1e-5, RopeTheta = 500, TiesEmbeddings = tied, InitializerRange = 0.3, EndTokens = [1], PaddingToken = 0,
    };

    public static DecoderModel Model(ModelFamily family = ModelFamily.Qwen3, bool tied = true, DecoderOptions? options = null, long seed = 1) => Model(Config(family, tied), options, seed);

    public static DecoderModel Model(ModelConfig config, DecoderOptions? options = null, long seed = 1)
    {
        var model = DecoderModel.Create(config, seed, options);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var random = new Generator((ulong)seed + 1000);
        foreach (var (_, parameter) in model.named_parameters())
        {
            if (parameter.dim() == 1)
                parameter.add_(randn(parameter.shape, generator: random).mul_(0.2));
        }

        return model;
    }

    public static int[] Ids(int count, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(2, 53))];
    }

    public static Tensor Batch(params int[][] rows) => tensor(rows.SelectMany(r => r.Select(i => (long)i)).ToArray(), [rows.Length, rows[0].Length]);

    public static float[] Numbers(Tensor t) => t.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();

    public static double Farthest(Tensor a, Tensor b) => a.detach().to(ScalarType.Float64).sub(b.detach().to(ScalarType.Float64)).abs().max().ToDouble();
}
