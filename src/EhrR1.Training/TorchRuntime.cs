using System.Text.RegularExpressions;
using EhrR1.Charts;
using TorchSharp;

namespace EhrR1.Training;

/// <summary>libtorch in this process: its loading, its threads, its devices.</summary>
public static partial class TorchRuntime
{
    /// <summary>Loads libtorch and picks a device.</summary>
    /// <param name="device"><c>cpu</c>, or <c>cuda</c> with or without a number.</param>
    /// <param name="threads">Threads of one operation; <see langword="null"/> leaves it to libtorch.</param>
    /// <exception cref="EhrR1Exception">The name is no device's, libtorch does not load, or the device is not there.</exception>
    public static torch.Device Start(string device, int? threads = null)
    {
        CheckName(device, where: null);
        try
        {
            if (threads is { } count)
                torch.set_num_threads(count);
            // In 16 bits libtorch prefers cuDNN's attention on Hopper cards, which is planned anew for every length, 66 ms each, where lengths differ from token to token; flash attention is not.
            if (device.StartsWith("cuda", StringComparison.Ordinal))
                NativeEnvironment.SetUnlessSet("TORCH_CUDNN_SDPA_DEPRIORITIZED", "1");
            var chosen = torch.device(device);
            if (chosen.type == DeviceType.CUDA && !torch.cuda_is_available())
                throw NoCuda(device, null);
            if (chosen.type == DeviceType.CUDA && chosen.index >= torch.cuda.device_count())
                throw new EhrR1Exception($"There are {torch.cuda.device_count()} CUDA devices here, numbered from 0", device, "Use a lower number, or cuda without one");
            return chosen;
        }
        catch (InvalidOperationException e) when (device.StartsWith("cuda", StringComparison.Ordinal))
        {
            // A libtorch without CUDA refuses the device before it can be asked.
            throw NoCuda(device, e);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or NotSupportedException)
        {
            throw new EhrR1Exception($"libtorch does not load: {(e.InnerException ?? e).Message}", null, "Install the C++ runtime of GCC (libstdc++, libgomp) or Visual C++, then run the command again", e);
        }
    }

    /// <summary>Checks that a name is that of a device, which may be absent all the same.</summary>
    internal static void CheckName(string device, string? where)
    {
        if (!DeviceName().IsMatch(device))
            throw new EhrR1Exception($"'{device}' is no device to compute on", where, "Use cpu, cuda, or cuda:N for the GPU of the number N (--device, or compute.device in a configuration)");
    }

    [GeneratedRegex("^(cpu|cuda(:[0-9]{1,3})?)\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DeviceName();

    private static EhrR1Exception NoCuda(string device, Exception? inner) =>
        new("No CUDA device is usable here", device, "On a machine with an NVIDIA card and driver 'export EHR_R1_CUDA=1' and keep it set for all calls of ./ehr-r1, or publish with it; else use --device cpu", inner);
}
