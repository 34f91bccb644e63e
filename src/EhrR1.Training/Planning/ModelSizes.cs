namespace EhrR1.Training;

/// <summary>Sizes of a model that plans are made of.</summary>
public static class ModelSizes
{
    /// <summary>The parameters of one layer.</summary>
    public static long LayerParameters(ModelConfig model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModelLayout.Of(model with { Layers = 1 }).Where(t => t.Name.StartsWith("model.layers.", StringComparison.Ordinal)).Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size));
    }

    /// <summary>The parameters of the embedding table.</summary>
    public static long EmbeddingParameters(ModelConfig model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (long)model.VocabularySize * model.HiddenSize;
    }

    /// <summary>The parameters of LoRA on the seven linear layers of each decoder layer: rank × (inputs + outputs) each.</summary>
    public static long LoraParameters(ModelConfig model, int rank)
    {
        ArgumentNullException.ThrowIfNull(model);
        long hidden = model.HiddenSize, inner = model.IntermediateSize, queries = Queries(model), keys = Keys(model);
        return rank * model.Layers * ((2 * (hidden + queries)) + (2 * (hidden + keys)) + (3 * (hidden + inner)));
    }

    /// <summary>Numbers that a layer keeps of a token for the way back: its input and the first norm, queries, keys and values before and after norm and rotation, what attention gives, the sum, the second norm, and the gated layer's four.</summary>
    public static long KeptPerToken(ModelConfig model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (4L * model.HiddenSize) + (3 * Queries(model)) + (3 * Keys(model)) + (4L * model.IntermediateSize);
    }

    /// <summary>Bytes that the cache of keys and values takes a token, in bf16.</summary>
    public static long CacheBytesPerToken(ModelConfig model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return 2 * 2 * model.Layers * Keys(model);
    }

    internal static long Queries(ModelConfig model) => (long)model.Heads * model.HeadSize;

    private static long Keys(ModelConfig model) => (long)model.KeyValueHeads * model.HeadSize;
}
