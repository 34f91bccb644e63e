using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>What an optimizer keeps of one parameter: moments in 32-bit floats, and a copy of weights that have fewer bits, to which steps are added, as small ones would be lost else.</summary>
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

    /// <summary>The gradient in 32-bit floats; <see langword="null"/> where there is none.</summary>
    public Tensor? Gradient() => Parameter.grad is not { } gradient || gradient.dtype == ScalarType.Float32 ? Parameter.grad : gradient.to(ScalarType.Float32);

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
    }
}
