using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Makes trainable tensors that no dispose scope takes away.</summary>
internal static class Parameters
{
    /// <summary>A parameter whose numbers are still to be set.</summary>
    public static Parameter Empty(DecoderOptions options, params ReadOnlySpan<long> shape)
    {
        var parameter = new Parameter(empty(shape.ToArray(), options.Type, options.Device), requires_grad: true);
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
