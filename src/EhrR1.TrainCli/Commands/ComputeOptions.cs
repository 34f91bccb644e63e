using System.CommandLine;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>The options of where a finished model computes, and in what.</summary>
internal static class ComputeOptions
{
    /// <summary>The option of the weights' type.</summary>
    public static Option<string?> Type()
    {
        var type = new Option<string?>("--type") { Description = "The type to hold the weights in. The default is float32 on a CPU, where the other is slower by far, and bfloat16 on a GPU.", HelpName = "float32|bfloat16" };
        type.AcceptOnlyFromAmong("float32", "bfloat16");
        return type;
    }

    /// <summary>What the options say.</summary>
    /// <param name="device">The device.</param>
    /// <param name="type">The type of the weights, or <see langword="null"/> for the device's own.</param>
    /// <param name="threads">Threads, or <see langword="null"/> for libtorch's own.</param>
    public static ComputeSettings Of(string device, string? type, int? threads) => new() { Device = device, Type = type ?? (device == "cpu" ? "float32" : "bfloat16"), Threads = threads };
}
