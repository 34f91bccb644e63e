using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The optimizer AdamW.</summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization" (2019). Parameters of 16 bits keep a copy of 32 bits. Not safe for several threads.</remarks>
public sealed class AdamW : IOptimizer
{
    private readonly List<MomentSlot> _slots;
    private readonly double _firstDecay;
    private readonly double _secondDecay;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">Parameters by name; those that need no gradient are left out.</param>
    /// <param name="weightDecay">Decay of the weights a step, times the learning rate.</param>
    /// <param name="firstDecay">β₁.</param>
    /// <param name="secondDecay">β₂.</param>
    /// <param name="epsilon">ε.</param>
    public AdamW(IEnumerable<(string Name, Parameter Parameter)> parameters, double weightDecay = 0, double firstDecay = 0.9, double secondDecay = 0.999, double epsilon = 1e-8)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (_firstDecay, _secondDecay, _epsilon, _weightDecay) = (firstDecay, secondDecay, epsilon, weightDecay);
        _slots = [.. parameters.Where(p => p.Parameter.requires_grad).Select(p => new MomentSlot(p.Name, p.Parameter, hasSecond: true))];
    }

    /// <inheritdoc/>
    public int Steps { get; private set; }

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => _slots.Select(s => s.Parameter);

    /// <inheritdoc/>
    public IEnumerable<Tensor> Gradients => _slots.Select(s => s.Gradient()).OfType<Tensor>();

    /// <inheritdoc/>
    public void Gather()
    {
        foreach (var slot in _slots)
            slot.Gather();
    }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        Steps++;
        using var off = no_grad();
        var firstBias = 1 - Math.Pow(_firstDecay, Steps);
        var secondBias = Math.Sqrt(1 - Math.Pow(_secondDecay, Steps));
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Gradient() is not { } gradient || slot.Second is not { } second)
                continue;
            slot.First.TimesInPlace(_firstDecay).PlusInPlace(gradient, 1 - _firstDecay);
            second.TimesInPlace(_secondDecay).PlusProductInPlace(gradient, gradient, 1 - _secondDecay);
            if (_weightDecay != 0)
                slot.Weights.TimesInPlace(1 - (learningRate * _weightDecay));
            slot.Weights.PlusQuotientInPlace(slot.First, second.sqrt().TimesInPlace(1 / secondBias).PlusInPlace(_epsilon), -learningRate / firstBias);
            slot.Publish();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> State() => new SortedDictionary<string, Tensor>(_slots.SelectMany(s => s.State()).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, Tensor> state, int steps)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var off = no_grad();
        foreach (var (name, tensor) in State())
            tensor.copy_(state[name]);
        Steps = steps;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var slot in _slots)
            slot.Dispose();
    }
}
