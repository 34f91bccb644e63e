using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>A model's tensor of 32-bit floats on the CPU, read where it lies.</summary>
internal sealed class MatrixView(Tensor tensor)
{
    /// <summary>Inputs of a matrix; the size of a vector.</summary>
    public int Inputs { get; } = (int)tensor.shape[^1];

    /// <summary>Outputs of a matrix; 1 for a vector.</summary>
    public int Outputs { get; } = tensor.dim() == 1 ? 1 : (int)tensor.shape[0];

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<float> Span => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Whether a tensor can be read so.</summary>
    public static bool CanView(Tensor tensor) => tensor.dtype == ScalarType.Float32 && tensor.device_type == TorchSharp.DeviceType.CPU && tensor.is_contiguous() && tensor.numel() < int.MaxValue / sizeof(float);
}
