using EhrR1.Charts;
using TorchSharp;

namespace EhrR1.Training;

/// <summary>libtorch in this process: its loading, its threads, its devices.</summary>
public static class TorchRuntime
{
    /// <summary>Loads libtorch and picks a device.</summary>
    /// <param name="device"><c>cpu</c>, or <c>cuda</c> with or without a number.</param>
    /// <param name="threads">Threads of one operation; <see langword="null"/> leaves it to libtorch.</param>
    /// <exception cref="EhrR1Exception">libtorch does not load, or the device is not there.</exception>
    public static torch.Device Start(string device, int? threads = null)
    {
        try
        {
            if (threads is { } count)
                torch.set_num_threads(count);
            var chosen = torch.device(device);
            if (chosen.type == DeviceType.CUDA && !torch.cuda_is_available())
                throw NoCuda(device, null);
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

    private static EhrR1Exception NoCuda(string device, Exception? inner) =>
        new("No CUDA device is usable here", device, "On a machine with an NVIDIA card and driver 'export EHR_R1_CUDA=1' and keep it set for all calls of ./ehr-r1, or publish with it; else use --device cpu", inner);
}
