using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Errors that mean that memory is short, libtorch's and .NET's, as the user's errors.</summary>
internal static class MemoryShortage
{
    // Where libtorch's messages go on with the names of its own functions, allocating ones among them.
    private static readonly string[] _ends = ["Exception raised from", "frame #"];

    /// <summary>Whether an error says that memory could not be had.</summary>
    public static bool IsOf(Exception e) => e switch
    {
        OutOfMemoryException => true,
        AggregateException several => several.Flatten().InnerExceptions.Any(IsOf),
        ExternalException torch => IsSaidIn(torch.Message),
        _ => false,
    };

    /// <summary>The error of a step, which says what to lower.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="tokens">Tokens that were computed at a time.</param>
    /// <param name="lower">What to lower first.</param>
    /// <param name="e">What was thrown.</param>
    public static EhrR1Exception At(int step, int tokens, string lower, Exception e) =>
        new($"Memory is short at step {step + 1}, for {tokens} tokens at a time", null, $"Lower {lower}, compute layers again (compute.recomputes_layers), or train with LoRA (--lora)", e);

    /// <summary>The error of a training whose first step was not reached, as its state does not fit.</summary>
    /// <param name="e">What was thrown.</param>
    public static EhrR1Exception AtStart(Exception e) =>
        new("Memory is short for the model together with what its training keeps of each weight (gradient and optimizer)", null, "Train with LoRA (--lora), or with a lower rank of it, hold the weights in bfloat16 (compute.type), take a smaller model, or a machine or GPU with more memory; 'ehr-r1 plan' says how much it takes", e);

    private static bool IsSaidIn(string message)
    {
        var said = message;
        foreach (var end in _ends)
            said = said.Split(end)[0];
        return said.Contains("memory", StringComparison.OrdinalIgnoreCase) || said.Contains("alloc", StringComparison.OrdinalIgnoreCase);
    }
}
