using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The optimizer AdamW, whose state can be written and read.</summary>
/// <remarks>
/// Loshchilov and Hutter, "Decoupled weight decay regularization" (2019). Moments are 32-bit floats, whatever the type of the parameters; parameters of
/// 16 bits keep a copy of 32 bits, to which steps are added, as small ones would be lost else. Not safe for several threads.
/// </remarks>
public sealed class AdamW : IDisposable
{
    private readonly List<Slot> _slots = [];
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
        foreach (var (name, parameter) in parameters.Where(p => p.Parameter.requires_grad))
            _slots.Add(new Slot(name, parameter));
    }

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; private set; }

    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters => _slots.Select(s => s.Parameter);

    /// <summary>Takes a step with the gradients that stand.</summary>
    /// <param name="learningRate">The learning rate.</param>
    public void Step(double learningRate)
    {
        Steps++;
        using var off = no_grad();
        var firstBias = 1 - Math.Pow(_firstDecay, Steps);
        var secondBias = Math.Sqrt(1 - Math.Pow(_secondDecay, Steps));
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Parameter.grad is not { } gradient)
                continue;
            if (gradient.dtype != ScalarType.Float32)
                gradient = gradient.to(ScalarType.Float32);
            slot.First.TimesInPlace(_firstDecay).PlusInPlace(gradient, 1 - _firstDecay);
            slot.Second.TimesInPlace(_secondDecay).PlusProductInPlace(gradient, gradient, 1 - _secondDecay);
            var weights = slot.Master ?? slot.Parameter;
            if (_weightDecay != 0)
                weights.TimesInPlace(1 - (learningRate * _weightDecay));
            weights.PlusQuotientInPlace(slot.First, slot.Second.sqrt().TimesInPlace(1 / secondBias).PlusInPlace(_epsilon), -learningRate / firstBias);
            if (slot.Master is not null)
                slot.Parameter.copy_(slot.Master);
        }
    }

    /// <summary>Drops the gradients.</summary>
    public void ZeroGradients()
    {
        using var scope = NewDisposeScope();
        foreach (var slot in _slots)
            slot.Parameter.grad?.zero_();
    }

    /// <summary>Scales the gradients so that their common norm is a number at most.</summary>
    /// <param name="most">The number; 0 or less scales nothing.</param>
    /// <returns>The norm before.</returns>
    public double ClipGradients(double most)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var norms = _slots.Where(s => s.Parameter.grad is not null).Select(s => s.Parameter.grad!.norm().to(ScalarType.Float32)).ToArray();
        if (norms.Length == 0)
            return 0;
        var norm = stack(norms).norm().item<float>();
        if (most > 0 && norm > most)
        {
            foreach (var slot in _slots)
                slot.Parameter.grad?.TimesInPlace(most / (norm + 1e-6));
        }

        return norm;
    }

    /// <summary>The state by name, for a checkpoint; the tensors stay the optimizer's.</summary>
    public IReadOnlyDictionary<string, Tensor> State()
    {
        var state = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var slot in _slots)
        {
            state[slot.Name + ".first"] = slot.First;
            state[slot.Name + ".second"] = slot.Second;
            if (slot.Master is not null)
                state[slot.Name + ".master"] = slot.Master;
        }

        return state;
    }

    /// <summary>Sets the state to one of <see cref="State"/>.</summary>
    /// <param name="state">Tensors by name.</param>
    /// <param name="steps">How many steps had been taken.</param>
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

    private sealed class Slot : IDisposable
    {
        public Slot(string name, Parameter parameter)
        {
            (Name, Parameter) = (name, parameter);
            using var off = no_grad();
            First = zeros_like(parameter, ScalarType.Float32).DetachFromDisposeScope();
            Second = zeros_like(parameter, ScalarType.Float32).DetachFromDisposeScope();
            Master = parameter.dtype == ScalarType.Float32 ? null : parameter.to(ScalarType.Float32).DetachFromDisposeScope();
        }

        public string Name { get; }

        public Parameter Parameter { get; }

        public Tensor First { get; }

        public Tensor Second { get; }

        public Tensor? Master { get; }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
            Master?.Dispose();
        }
    }
}
