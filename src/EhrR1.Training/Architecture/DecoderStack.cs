using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Embedding table, layers and last norm: Hugging Face's <c>model</c>.</summary>
internal sealed class DecoderStack : nn.Module
{
    public DecoderStack(ModelConfig config, DecoderOptions options)
        : base(nameof(DecoderStack))
    {
        Embeddings = new EmbeddingTable(config.VocabularySize, config.HiddenSize, options);
        Layers = [.. Enumerable.Range(0, config.Layers).Select(i => new DecoderLayer(config, i, options))];
        Norm = new RootMeanSquareNorm(config.HiddenSize, config.NormEpsilon, options);
        register_module("embed_tokens", Embeddings);
        register_module("layers", new ModuleList<DecoderLayer>([.. Layers]));
        register_module("norm", Norm);
    }

    public EmbeddingTable Embeddings { get; }

    public IReadOnlyList<DecoderLayer> Layers { get; }

    public RootMeanSquareNorm Norm { get; }

    public Tensor Forward(Tensor ids, AttentionContext context, bool recompute)
    {
        var x = Embeddings.Forward(ids);
        if (recompute && !x.requires_grad)
            x = x.detach().requires_grad_(true); // else nobody would ask for the gradients of what the layers hold
        foreach (var layer in Layers)
            x = recompute ? RecomputedLayer.Run(y => layer.Forward(y, context), x) : layer.Forward(x, context);
        return Norm.Forward(x);
    }
}
