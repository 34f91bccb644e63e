using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>libtorch's errors that mean that memory is short, as the user's errors.</summary>
internal static class MemoryShortage
{
    // Where libtorch's messages go on with the names of its own functions, allocating ones among them.
    private static readonly string[] _ends = ["Exception raised from", "frame #"];

    /// <summary>Whether an error says that memory could not be had.</summary>
    public static bool IsOf(ExternalException e)
    {
        var said = e.Message;
        foreach (var end in _ends)
            said = said.Split(end)[0];
        return said.Contains("memory", StringComparison.OrdinalIgnoreCase) || said.Contains("alloc", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The error that says what to lower.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="tokens">Tokens that were computed at a time.</param>
    /// <param name="lower">What to lower first.</param>
    /// <param name="e">libtorch's error.</param>
    public static EhrR1Exception At(int step, int tokens, string lower, ExternalException e) =>
        new($"Memory is short at step {step + 1}, for {tokens} tokens at a time", null, $"Lower {lower}, compute layers again (compute.recomputes_layers), or train with LoRA (--lora)", e);
}
