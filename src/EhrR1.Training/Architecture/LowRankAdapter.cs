using EhrR1.Charts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>LoRA on a model: additions to its linear layers, trained while the model itself stays as it is.</summary>
public sealed class LowRankAdapter : IDisposable
{
    private readonly IReadOnlyList<(string Name, Projection Projection, LowRankAddition Addition)> _additions;

    private LowRankAdapter(DecoderModel model, LowRankOptions options)
    {
        Options = options;
        _additions = [.. model.Projections.Where(p => options.Targets.Contains(p.Name[(p.Name.LastIndexOf('.') + 1)..])).Select(p => (p.Name, p.Projection, new LowRankAddition(p.Projection, options.Rank, options.Scale, model.Options)))];
    }

    /// <summary>Ranks, scale and targets.</summary>
    public LowRankOptions Options { get; }

    /// <summary>What is trained, by PEFT's names: <c>base_model.model.</c> + the layer + <c>.lora_A.weight</c> or <c>.lora_B.weight</c>.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters() =>
        _additions.SelectMany(a => new[] { ($"base_model.model.{a.Name}.lora_A.weight", a.Addition.A), ($"base_model.model.{a.Name}.lora_B.weight", a.Addition.B) });

    /// <summary>Attaches fresh additions and freezes the model's own weights.</summary>
    /// <exception cref="EhrR1Exception">The model has additions already, a target is none of its layers, or the rank is below 1.</exception>
    public static LowRankAdapter Attach(DecoderModel model, LowRankOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (model.Projections.Any(p => p.Projection.Addition is not null))
            throw new EhrR1Exception("The model has LoRA attached already", null, "Merge it first");
        var adapter = new LowRankAdapter(model, options);
        adapter.Begin();
        foreach (var parameter in model.NamedWeights().Values)
            parameter.requires_grad = false;
        foreach (var (_, projection, addition) in adapter._additions)
            projection.Attach(addition);
        return adapter;
    }

    /// <summary>Adds the additions into the model's weights and takes them off; the weights are trainable again.</summary>
    public void Merge(DecoderModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var off = no_grad();
        foreach (var (_, projection, addition) in _additions)
        {
            using var scope = NewDisposeScope();
            projection.Weight.copy_(projection.Weight.to(ScalarType.Float32).Plus(addition.Product()));
        }

        Detach(model);
    }

    /// <summary>Takes the additions off; the model is what it was before.</summary>
    public void Detach(DecoderModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (_, projection, _) in _additions)
            projection.Attach(null);
        foreach (var parameter in model.NamedWeights().Values)
            parameter.requires_grad = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, _, addition) in _additions)
            addition.Dispose();
    }

    private void Begin()
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        using var random = new Generator((ulong)Options.Seed);
        foreach (var (_, _, addition) in _additions)
        {
            var drawn = Options.Start == LowRankStart.Normal
                ? randn(addition.A.shape, generator: random).div_(Options.Rank)
                : rand(addition.A.shape, generator: random).mul_(2).sub_(1).div_(Math.Sqrt(addition.A.shape[1]));
            addition.A.copy_(drawn);
            addition.B.zero_();
        }
    }
}
