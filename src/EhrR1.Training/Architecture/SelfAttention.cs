using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Grouped-query attention with rotary embedding (Ainslie et al. 2023).</summary>
internal sealed class SelfAttention : nn.Module
{
    private readonly ModelConfig _config;
    private readonly int _layer;

    public SelfAttention(ModelConfig config, int layer, DecoderOptions options)
        : base(nameof(SelfAttention))
    {
        _config = config;
        _layer = layer;
        int queries = config.Heads * config.HeadSize, keys = config.KeyValueHeads * config.HeadSize;
        Query = new Projection(config.HiddenSize, queries, config.HasAttentionBias, options);
        Key = new Projection(config.HiddenSize, keys, config.HasAttentionBias, options);
        Value = new Projection(config.HiddenSize, keys, config.HasAttentionBias, options);
        Output = new Projection(queries, config.HiddenSize, hasBias: false, options);
        register_module("q_proj", Query);
        register_module("k_proj", Key);
        register_module("v_proj", Value);
        register_module("o_proj", Output);
        if (config.NormalizesHeads)
        {
            QueryNorm = new RootMeanSquareNorm(config.HeadSize, config.NormEpsilon, options);
            KeyNorm = new RootMeanSquareNorm(config.HeadSize, config.NormEpsilon, options);
            register_module("q_norm", QueryNorm);
            register_module("k_norm", KeyNorm);
        }
    }

    public Projection Query { get; }

    public Projection Key { get; }

    public Projection Value { get; }

    public Projection Output { get; }

    public RootMeanSquareNorm? QueryNorm { get; }

    public RootMeanSquareNorm? KeyNorm { get; }

    public Tensor Forward(Tensor x, AttentionContext context)
    {
        long batch = x.shape[0], tokens = x.shape[1];
        var queries = Query.Forward(x).view(batch, tokens, _config.Heads, _config.HeadSize);
        var keys = Key.Forward(x).view(batch, tokens, _config.KeyValueHeads, _config.HeadSize);
        var values = Value.Forward(x).view(batch, tokens, _config.KeyValueHeads, _config.HeadSize).transpose(1, 2);
        if (QueryNorm is not null)
            (queries, keys) = (QueryNorm.Forward(queries), KeyNorm!.Forward(keys));
        queries = context.Angles.Turn(queries).transpose(1, 2);
        keys = context.Angles.Turn(keys).transpose(1, 2);
        if (context.Cache is { } cache)
            (keys, values) = cache.Add(_layer, keys, values);
        var mixed = context.Attend(queries, keys, values);
        return Output.Forward(mixed.transpose(1, 2).reshape(batch, tokens, -1));
    }
}
