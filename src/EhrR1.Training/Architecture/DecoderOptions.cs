using TorchSharp;

namespace EhrR1.Training;

/// <summary>How a decoder is held and computed.</summary>
public sealed record DecoderOptions
{
    /// <summary>The device; a model stays where it was made. The default value is the CPU.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>The type of weights and activations, Float32 or BFloat16. The default value is Float32; on a CPU the other is slower by far.</summary>
    public torch.ScalarType Type { get; init; } = torch.ScalarType.Float32;

    /// <summary>How attention is computed. The default value is <see cref="AttentionKind.Fused"/>.</summary>
    public AttentionKind Attention { get; init; } = AttentionKind.Fused;

    /// <summary>Whether layers keep only their inputs and are computed again for the gradients: less memory, a third more time. The default value is <see langword="false"/>.</summary>
    public bool RecomputesLayers { get; init; }
}
