using System.Runtime.CompilerServices;
using TorchSharp;

namespace EhrR1.Training.Tests;

/// <summary>One thread for libtorch in all tests: sums are then added in one order.</summary>
internal static class OneThread
{
    [ModuleInitializer]
    public static void Set() => torch.set_num_threads(1);
}
