using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>One layer: attention and the gated layer, each added to what came in.</summary>
internal sealed class DecoderLayer : nn.Module
{
    public DecoderLayer(ModelConfig config, int index, DecoderOptions options)
        : base(nameof(DecoderLayer))
    {
        InputNorm = new RootMeanSquareNorm(config.HiddenSize, config.NormEpsilon, options);
        Attention = new SelfAttention(config, index, options);
        GatedNorm = new RootMeanSquareNorm(config.HiddenSize, config.NormEpsilon, options);
        Gated = new GatedLayer(config, options);
        register_module("input_layernorm", InputNorm);
        register_module("self_attn", Attention);
        register_module("post_attention_layernorm", GatedNorm);
        register_module("mlp", Gated);
    }

    public RootMeanSquareNorm InputNorm { get; }

    public SelfAttention Attention { get; }

    public RootMeanSquareNorm GatedNorm { get; }

    public GatedLayer Gated { get; }

    /// <summary>The linear layers by their names in here.</summary>
    public IEnumerable<(string Name, Projection Projection)> Projections =>
    [
        ("self_attn.q_proj", Attention.Query), ("self_attn.k_proj", Attention.Key), ("self_attn.v_proj", Attention.Value), ("self_attn.o_proj", Attention.Output),
        ("mlp.gate_proj", Gated.Gate), ("mlp.up_proj", Gated.Up), ("mlp.down_proj", Gated.Down),
    ];

    /// <summary>The stream after this layer, [batch, tokens, width]; what is made on the way is gone unless gradients need it.</summary>
    public Tensor Forward(Tensor x, AttentionContext context)
    {
        using var scope = NewDisposeScope();
        var attended = x.Plus(Attention.Forward(InputNorm.Forward(x), context));
        return attended.Plus(Gated.Forward(GatedNorm.Forward(attended))).MoveToOuterDisposeScope();
    }
}
