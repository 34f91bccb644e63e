namespace EhrR1.Training.Tests;

/// <summary>A Qwen3 of a few thousand parameters.</summary>
internal static class TinyModel
{
    public static ModelConfig Config { get; } = new()
    {
        Family = ModelFamily.Qwen3,
        VocabularySize = 32,
        HiddenSize = 16,
        IntermediateSize = 32,
        Layers = 2,
        Heads = 2,
        KeyValueHeads = 1,
        HeadSize = 8,
        MaxPositions = 64,
    };

    public static DecoderModel Create(long seed = 1) => DecoderModel.Create(Config, seed);
}
