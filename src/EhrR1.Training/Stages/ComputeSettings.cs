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

    /// <summary>Checks that all is in its range; whether the device is there shows when it is used.</summary>
    /// <param name="where">What to name in the error, such as a configuration file.</param>
    /// <exception cref="Charts.EhrR1Exception">A setting is not; the message names it with its range.</exception>
    public void Check(string? where = null)
    {
        TorchRuntime.CheckName(Device, where);
        SettingRange.Need(Type is "float32" or "bfloat16", "compute.type", Type, "float32 or bfloat16", where);
        SettingRange.AtLeast("compute.threads", Threads ?? 1, 1, where);
    }

    /// <summary>Loads libtorch and gives the options of a model.</summary>
    /// <exception cref="Charts.EhrR1Exception">The device is not there, or a setting is out of its range.</exception>
    public DecoderOptions Start()
    {
        Check();
        return new DecoderOptions
        {
            Device = TorchRuntime.Start(Device, Threads),
            Type = Type == "bfloat16" ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32,
            RecomputesLayers = RecomputesLayers,
        };
    }
}
