using System.Globalization;

namespace EhrR1.Training;

/// <summary>How a batch is laid out over GPUs: sequences a GPU at once × accumulated steps × GPUs.</summary>
/// <param name="PerDevice">Sequences that a GPU takes at once.</param>
/// <param name="Accumulation">How many of those make a step.</param>
/// <param name="Gpus">The GPUs.</param>
/// <param name="Wanted">The batch that was asked for.</param>
public sealed record BatchPlan(int PerDevice, int Accumulation, int Gpus, int Wanted)
{
    /// <summary>Sequences a step.</summary>
    public int Batch => PerDevice * Accumulation * Gpus;

    /// <summary>What differs from what was asked for, or <see langword="null"/>.</summary>
    public string? Note => Batch == Wanted
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"A batch of {Wanted:#,0} cannot be shared evenly by {Gpus:#,0} GPUs: it is {Batch:#,0} here. The learning rate was published for {Wanted:#,0}.");

    /// <summary>Lays out a batch: exactly where the GPUs divide it, else as near as they come.</summary>
    /// <param name="batch">The batch, at least 1.</param>
    /// <param name="gpus">The GPUs, at least 1.</param>
    /// <param name="mostPerDevice">The most sequences that a GPU takes at once.</param>
    /// <param name="multipleOf">What the batch must be a multiple of: the completions of a prompt.</param>
    public static BatchPlan For(int batch, int gpus, int mostPerDevice = 1, int multipleOf = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(gpus, 1);
        int step = (int)(gpus / Gcd(gpus, multipleOf) * (long)multipleOf);
        // The nearest multiple, and of two as near the smaller one; at least one step.
        int steps = Math.Max(1, (batch + ((step - 1) / 2)) / step);
        int each = steps * step / gpus;
        int perDevice = Math.Clamp(mostPerDevice, 1, each);
        while (each % perDevice != 0)
            perDevice--;
        return new BatchPlan(perDevice, each / perDevice, gpus, batch);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
