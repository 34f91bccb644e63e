using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>One row a token.</summary>
internal sealed class EmbeddingTable : nn.Module
{
    public EmbeddingTable(int tokens, int width, DecoderOptions options)
        : base(nameof(EmbeddingTable))
    {
        Weight = Parameters.Empty(options, tokens, width);
        register_parameter("weight", Weight);
    }

    public Parameter Weight { get; }

    /// <summary>The rows of tokens, [batch, tokens, width].</summary>
    public Tensor Forward(Tensor ids) => Weight.index_select(0, ids.reshape(-1)).view(ids.shape[0], ids.shape[1], -1);
}
