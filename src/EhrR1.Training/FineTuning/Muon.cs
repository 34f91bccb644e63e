using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>The optimizer Muon for the matrices of a model's layers, AdamW for its other parameters.</summary>
/// <remarks>
/// A matrix is changed by its momentum made orthogonal: all its directions are learned at one speed (Jordan et al., "Muon", 2024), with the size of a step that AdamW has
/// (Liu et al., "Muon is scalable for LLM training", arXiv 2502.16982). A model that begins from nothing gets further with it in the same time. Not safe for several threads.
/// </remarks>
public sealed class Muon : IOptimizer
{
    private const int Rounds = 5;
    private const double Decay = 0.95;

    // The mean size of an element of AdamW's step, in learning rates.
    private const double StepSize = 0.2;

    private readonly AdamW _others;
    private readonly List<MomentSlot> _slots;
    private readonly double _rate;
    private readonly double _weightDecay;

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">Parameters by name; those that need no gradient are left out. Matrices whose name holds <c>layers.</c> are changed by Muon.</param>
    /// <param name="rate">How many times the learning rate the matrices get.</param>
    /// <param name="weightDecay">Decay of the weights a step, times the learning rate.</param>
    /// <param name="secondDecay">β₂ of AdamW.</param>
    public Muon(IEnumerable<(string Name, Parameter Parameter)> parameters, double rate, double weightDecay = 0, double secondDecay = 0.999)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        (_rate, _weightDecay) = (rate, weightDecay);
        var all = parameters.Where(p => p.Parameter.requires_grad).ToList();
        _slots = [.. all.Where(IsMatrix).Select(p => new MomentSlot(p.Name, p.Parameter, hasSecond: false))];
        _others = new AdamW(all.Where(p => !IsMatrix(p)), weightDecay, secondDecay: secondDecay);
    }

    /// <inheritdoc/>
    public int Steps => _others.Steps;

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => _slots.Select(s => s.Parameter).Concat(_others.Parameters);

    /// <inheritdoc/>
    public IEnumerable<Tensor> Gradients => _slots.Select(s => s.Gradient()).OfType<Tensor>().Concat(_others.Gradients);

    /// <inheritdoc/>
    public void Gather()
    {
        foreach (var slot in _slots)
            slot.Gather();
        _others.Gather();
    }

    /// <inheritdoc/>
    public void Step(double learningRate)
    {
        using var off = no_grad();
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            if (slot.Gradient() is not { } gradient)
                continue;
            slot.First.TimesInPlace(Decay).PlusInPlace(gradient, 1);
            // Nesterov's look ahead.
            var direction = Orthogonal(slot.First.Times(Decay).PlusInPlace(gradient, 1));
            if (_weightDecay != 0)
                slot.Weights.TimesInPlace(1 - (learningRate * _weightDecay));
            slot.Weights.PlusInPlace(direction, -learningRate * _rate * StepSize * Math.Sqrt(direction.shape.Max()));
            slot.Publish();
        }

        _others.Step(learningRate);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> State() => new SortedDictionary<string, Tensor>(_slots.SelectMany(s => s.State()).Concat(_others.State()).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, Tensor> state, int steps)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var off = no_grad();
        foreach (var (name, tensor) in _slots.SelectMany(s => s.State()))
            tensor.copy_(state[name]);
        _others.Restore(state, steps);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var slot in _slots)
            slot.Dispose();
        _others.Dispose();
    }

    /// <summary>A matrix with the same singular vectors whose singular values are all near 1, by a quintic Newton–Schulz iteration.</summary>
    internal static Tensor Orthogonal(Tensor matrix)
    {
        using var scope = NewDisposeScope();
        var isTall = matrix.shape[0] > matrix.shape[1];
        var x = isTall ? matrix.t() : matrix;
        x = x.div(x.norm().PlusInPlace(1e-7));
        for (var round = 0; round < Rounds; round++)
        {
            // The coefficients are Jordan's, chosen so that small singular values grow fast.
            var square = mm(x, x.t());
            var polynomial = mm(square, square).TimesInPlace(2.0315).PlusInPlace(square, -4.7750);
            x = mm(polynomial, x).PlusInPlace(x, 3.4445);
        }

        return (isTall ? x.t() : x).MoveToOuterDisposeScope();
    }

    private static bool IsMatrix((string Name, Parameter Parameter) parameter) => parameter.Parameter.dim() == 2 && parameter.Name.Contains("layers.", StringComparison.Ordinal);
}
