using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>
/// What an optimizer keeps of one parameter: moments in 32-bit floats, and, of weights that have fewer bits, a copy to which steps are added and a sum of gradients, as small addends would be lost else.
/// </summary>
internal sealed class MomentSlot : IDisposable
{
    public MomentSlot(string name, Parameter parameter, bool hasSecond)
    {
        (Name, Parameter) = (name, parameter);
        using var off = no_grad();
        First = zeros_like(parameter, ScalarType.Float32).DetachFromDisposeScope();
        Second = hasSecond ? zeros_like(parameter, ScalarType.Float32).DetachFromDisposeScope() : null;
        Master = parameter.dtype == ScalarType.Float32 ? null : parameter.to(ScalarType.Float32).DetachFromDisposeScope();
    }

    public string Name { get; }

    public Parameter Parameter { get; }

    public Tensor First { get; }

    public Tensor? Second { get; }

    /// <summary>What steps are added to.</summary>
    public Tensor Weights => Master ?? Parameter;

    private Tensor? Master { get; }

    // Gradients of fewer bits, added up.
    private Tensor? Sum { get; set; }

    /// <summary>Adds a gradient of fewer bits to the sum of those before and drops it; one of 32 bits stays where libtorch adds them up.</summary>
    public void Gather()
    {
        if (Master is null)
            return;
        using var off = no_grad();
        using var scope = NewDisposeScope();
        if (Parameter.grad is not { } gradient)
            return;
        Sum ??= zeros_like(Master).DetachFromDisposeScope();
        Sum.PlusInPlace(gradient, 1);
        Parameter.grad = null;
    }

    /// <summary>The gradient in 32-bit floats, which belongs to the slot; <see langword="null"/> where there is none.</summary>
    public Tensor? Gradient()
    {
        Gather();
        return Master is null ? Parameter.grad : Sum;
    }

    /// <summary>Sets the parameter to the weights.</summary>
    public void Publish()
    {
        if (Master is not null)
            Parameter.copy_(Master);
    }

    public IEnumerable<KeyValuePair<string, Tensor>> State()
    {
        yield return KeyValuePair.Create(Name + ".first", First);
        if (Second is not null)
            yield return KeyValuePair.Create(Name + ".second", Second);
        if (Master is not null)
            yield return KeyValuePair.Create(Name + ".master", Master);
    }

    public void Dispose()
    {
        First.Dispose();
        Second?.Dispose();
        Master?.Dispose();
        Sum?.Dispose();
    }
}
