using TorchSharp;

namespace EhrR1.Training;

/// <summary>Where and how a training computes.</summary>
public sealed record ComputeSettings
{
    /// <summary>The device, <c>cpu</c> or <c>cuda</c>. The default value is <c>cpu</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The type of weights, <c>float32</c> or <c>bfloat16</c>. The default value is <c>float32</c>; on a CPU the other is slower by far.</summary>
    public string Type { get; init; } = "float32";

    /// <summary>Threads of one operation; <see langword="null"/>, the default value, leaves it to libtorch. The results do not depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether layers are computed again for the gradients: less memory, a third more time. The default value is <see langword="false"/>.</summary>
    public bool RecomputesLayers { get; init; }

    /// <summary>Loads libtorch and gives the options of a model.</summary>
    /// <exception cref="Charts.EhrR1Exception">The device is not there, or the type is none of the two.</exception>
    public DecoderOptions Start() => new()
    {
        Device = TorchRuntime.Start(Device, Threads),
        Type = Type switch
        {
            "float32" => torch.ScalarType.Float32,
            "bfloat16" => torch.ScalarType.BFloat16,
            _ => throw new Charts.EhrR1Exception($"'{Type}' is no type of weights", null, "Use float32 or bfloat16"),
        },
        RecomputesLayers = RecomputesLayers,
    };
}
