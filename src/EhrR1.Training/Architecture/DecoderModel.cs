using EhrR1.Charts;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A decoder of one of the <see cref="ModelFamily">families</see>, its parameters named as in Hugging Face's files.</summary>
/// <remarks>
/// Results belong to the caller's dispose scope; call within <see cref="torch.NewDisposeScope()"/>. Several threads may compute with one model as
/// long as none trains it and the rotary table covers their lengths; use one thread.
/// </remarks>
public sealed class DecoderModel : nn.Module
{
    /// <summary>The target of a token that has none.</summary>
    public const long NoTarget = -100;

    private readonly RotaryTable _rotary;

    private DecoderModel(ModelConfig config, DecoderOptions options)
        : base(nameof(DecoderModel))
    {
        config.Check();
        if (options.Type is not (ScalarType.Float32 or ScalarType.BFloat16))
            throw new ArgumentOutOfRangeException(nameof(options), options.Type, "A model is held in Float32 or BFloat16.");
        (Config, Options) = (config, options);
        _rotary = new RotaryTable(config, options);
        Stack = new DecoderStack(config, options);
        register_module("model", Stack);
        if (!config.TiesEmbeddings)
        {
            Head = new EmbeddingTable(config.VocabularySize, config.HiddenSize, options);
            register_module("lm_head", Head);
        }
    }

    /// <summary>The architecture.</summary>
    public ModelConfig Config { get; }

    /// <summary>How the model is held and computed.</summary>
    public DecoderOptions Options { get; }

    /// <summary>The matrix that hidden states are multiplied by to get logits, [vocabulary, width].</summary>
    public Parameter OutputTable => (Head ?? Stack.Embeddings).Weight;

    internal DecoderStack Stack { get; }

    internal EmbeddingTable? Head { get; }

    /// <summary>The linear layers by name, without <c>.weight</c>.</summary>
    internal IEnumerable<(string Name, Projection Projection)> Projections => Stack.Layers.SelectMany((layer, i) => layer.Projections.Select(p => ($"model.layers.{i}.{p.Name}", p.Projection)));

    /// <summary>Makes a model with fresh weights: matrices normal with <see cref="ModelConfig.InitializerRange"/>, norms 1, biases 0.</summary>
    /// <param name="config">The architecture.</param>
    /// <param name="seed">Same seed, same weights.</param>
    /// <param name="options">How it is held and computed.</param>
    public static DecoderModel Create(ModelConfig config, long seed, DecoderOptions? options = null)
    {
        var model = Blank(config, options);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var random = new Generator((ulong)seed);
        foreach (var (name, parameter) in model.named_parameters())
        {
            if (parameter.dim() == 1)
                nn.init.constant_(parameter, name.EndsWith(".bias", StringComparison.Ordinal) ? 0 : 1);
            else
                parameter.copy_(randn(parameter.shape, generator: random).mul_(config.InitializerRange));
        }

        return model;
    }

    /// <summary>Makes a model whose weights are still to be set.</summary>
    internal static DecoderModel Blank(ModelConfig config, DecoderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        return new DecoderModel(config, options ?? new DecoderOptions());
    }

    /// <summary>The logits of every token's successor, [batch, tokens, vocabulary].</summary>
    /// <param name="ids">Tokens, [batch, tokens] of 64-bit integers.</param>
    /// <param name="input">What goes with them.</param>
    public Tensor Forward(Tensor ids, DecoderInput? input = null)
    {
        var context = Context(ids, input);
        using var scope = NewDisposeScope();
        return Logits(Hidden(ids, context)).MoveToOuterDisposeScope();
    }

    /// <summary>The logits of hidden states.</summary>
    public Tensor Logits(Tensor hidden) => nn.functional.linear(hidden, OutputTable);

    /// <summary>The hidden states after the last norm, [batch, tokens, width].</summary>
    /// <param name="ids">Tokens, [batch, tokens] of 64-bit integers.</param>
    /// <param name="input">What goes with them.</param>
    public Tensor Hidden(Tensor ids, DecoderInput? input = null)
    {
        var context = Context(ids, input);
        using var scope = NewDisposeScope();
        return Hidden(ids, context).MoveToOuterDisposeScope();
    }

    /// <summary>The exact log-probability of given tokens, [batch, tokens] of 32-bit floats, with gradients; the logits of the whole batch are never held.</summary>
    /// <param name="ids">Tokens, [batch, tokens] of 64-bit integers.</param>
    /// <param name="targets">For every token the one to come after it, or <see cref="NoTarget"/>, which gives 0 and costs nothing.</param>
    /// <param name="input">What goes with them.</param>
    /// <param name="temperature">What logits are divided by, as in a draw at that temperature.</param>
    public Tensor LogProbabilities(Tensor ids, Tensor targets, DecoderInput? input = null, double temperature = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var context = Context(ids, input);
        using var scope = NewDisposeScope();
        var flat = targets.reshape(-1);
        using Scalar none = NoTarget;
        var asked = flat.ne(none).nonzero().reshape(-1);
        var hidden = Hidden(ids, context).reshape(-1, Config.HiddenSize).index_select(0, asked);
        if (temperature != 1)
            hidden = hidden.Times(1 / temperature); // the logits are linear in it
        var found = asked.shape[0] == 0 ? hidden.sum([1]).to(ScalarType.Float32) : TokenLogProbability.Of(hidden, OutputTable, flat.index_select(0, asked));
        return zeros([flat.shape[0]], ScalarType.Float32, Options.Device).PlusAt(asked, found).reshape(targets.shape).MoveToOuterDisposeScope();
    }

    /// <summary>The weights by name, without LoRA's additions.</summary>
    public IReadOnlyDictionary<string, Parameter> NamedWeights() => named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);

    /// <summary>An empty cache of this model's kind.</summary>
    public KeyValueCache NewCache(int batch, int? capacity = null) => new(Config, Options, batch, capacity);

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rotary.Dispose();
        base.Dispose(disposing);
    }

    private Tensor Hidden(Tensor ids, AttentionContext context)
    {
        var hidden = Stack.Forward(ids, context, Options.RecomputesLayers && context.Cache is null && is_grad_enabled());
        context.Cache?.Advance((int)ids.shape[1]);
        return hidden;
    }

    // Belongs to the caller's scope, not to that of the pass: layers that are computed again need it when gradients are asked for.
    private AttentionContext Context(Tensor ids, DecoderInput? input)
    {
        ArgumentNullException.ThrowIfNull(ids);
        using var scope = NewDisposeScope();
        var context = ContextOf(ids, input ?? new DecoderInput());
        context.Mask?.MoveToOuterDisposeScope();
        return context with { Angles = context.Angles.MoveToOuterDisposeScope() };
    }

    private AttentionContext ContextOf(Tensor ids, DecoderInput input)
    {
        int tokens = (int)ids.shape[1], cached = input.Cache?.Length ?? 0;
        if (cached + tokens > Config.MaxPositions && input.Segments is null)
            throw new EhrR1Exception($"A sequence of {cached + tokens} tokens is longer than the model's {Config.MaxPositions}", null, "Shorten the text, or lower the number of new tokens");
        input.Cache?.Reserve(tokens);
        if (input.Segments is { } segments)
        {
            if (input.Mask is not null || input.Cache is not null)
                throw new ArgumentException("Packed samples take neither a mask nor a cache.", nameof(input));
            if (segments.Sum() != ids.numel())
                throw new ArgumentException($"The segments sum to {segments.Sum()}, and there are {ids.numel()} tokens.", nameof(input));
            if (segments.Max() > Config.MaxPositions)
                throw new EhrR1Exception($"A packed sample of {segments.Max()} tokens is longer than the model's {Config.MaxPositions}", null, "Lower fine_tuning.max_tokens, or max_prompt_tokens and max_completion_tokens of reinforcement learning");
            return new AttentionContext(Angles(input.Positions ?? Restarting(segments, ids.shape)), Options.Attention, null) { Segments = segments };
        }

        if (input.Mask is { } real)
        {
            var positions = input.Positions ?? real.to(ScalarType.Int64).cumsum(1).sub_(1).clamp_min_(0).narrow(1, cached, tokens);
            return new AttentionContext(_rotary.Rows(positions, cached + tokens), Options.Attention, input.Cache) { Mask = MaskOf(real, cached, tokens) };
        }

        var angles = input.Positions is { } given ? Angles(given) : _rotary.Rows(cached, tokens);
        return new AttentionContext(angles, Options.Attention, input.Cache) { Mask = cached > 0 && tokens > 1 ? AttentionContext.Triangle(tokens, cached + tokens, Options.Device) : null };
    }

    private RotaryAngles Angles(Tensor positions) => _rotary.Rows(positions, (int)positions.max().ToInt64() + 1);

    private Tensor Restarting(IReadOnlyList<int> segments, long[] shape) => tensor(segments.SelectMany(s => Enumerable.Range(0, s)).Select(p => (long)p).ToArray(), shape, device: Options.Device);

    private Tensor MaskOf(Tensor real, int cached, int tokens)
    {
        var keys = real.unsqueeze(1).unsqueeze(1);
        if (tokens == 1)
            return keys;
        // Padding looks at itself: a row without anything to look at would be no number.
        var itself = eye(cached + tokens, dtype: ScalarType.Bool, device: Options.Device).narrow(0, cached, tokens);
        return keys.logical_and(AttentionContext.Triangle(tokens, cached + tokens, Options.Device)).logical_or(itself);
    }
}
