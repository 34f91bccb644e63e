using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Changes weights by their gradients; its state can be written and read.</summary>
/// <remarks>Moments and sums of gradients are 32-bit floats, whatever the type of the parameters. Not safe for several threads.</remarks>
public interface IOptimizer : IDisposable
{
    /// <summary>How many steps were taken.</summary>
    int Steps { get; }

    /// <summary>The parameters.</summary>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>
    /// The gradients that the next step is taken with, in 32-bit floats; of parameters that have none there is none. They may be changed in place. Belongs into a dispose scope, without gradients.
    /// </summary>
    IEnumerable<Tensor> Gradients { get; }

    /// <summary>Adds the gradients of 16 bits that stand to those before, in 32 bits. Call it after each backward pass where a step has several: libtorch's own sums, in 16 bits, lose what is small beside the sum.</summary>
    void Gather();

    /// <summary>Takes a step with the gradients that stand.</summary>
    /// <param name="learningRate">The learning rate.</param>
    void Step(double learningRate);

    /// <summary>The state by name, for a checkpoint; the tensors stay the optimizer's.</summary>
    IReadOnlyDictionary<string, Tensor> State();

    /// <summary>Sets the state to one of <see cref="State"/>.</summary>
    /// <param name="state">Tensors by name.</param>
    /// <param name="steps">How many steps had been taken.</param>
    void Restore(IReadOnlyDictionary<string, Tensor> state, int steps);
}
