using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>The order in which cases are shown over a whole training, shuffled, with a share of reasoning cases that may grow.</summary>
/// <remarks>
/// Every case is shown once an epoch. A case's place is a random number of its own, so the order depends on the seed and the cases alone. With a
/// curriculum reasoning cases are spread over the training with the density a + 2(1 − a)x, x from 0 to 1: their share begins at a times the mean and ends at
/// 2 − a times; direct cases stay even. Of a part of an epoch the cases are chosen before they are placed, so it has as many reasoning cases as a whole one. Immutable.
/// </remarks>
public sealed class CaseOrder
{
    private readonly int[] _order;

    /// <summary>Makes the order.</summary>
    /// <param name="cases">How many cases there are.</param>
    /// <param name="isReasoning">Whether a case has a chain of reasoning.</param>
    /// <param name="epochs">How often each case is shown; 0.5 shows half of them.</param>
    /// <param name="curriculum">a, from 0 (reasoning cases come late) to 1 (no curriculum).</param>
    /// <param name="seed">The seed.</param>
    public CaseOrder(int cases, Func<int, bool> isReasoning, double epochs, double curriculum, long seed)
    {
        ArgumentNullException.ThrowIfNull(isReasoning);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cases);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(curriculum, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(curriculum, 1);
        var rounds = (int)Math.Ceiling(epochs);
        var shown = Enumerable.Range(0, checked(cases * rounds)).ToArray();
        // When each is shown, from 0 to 1, if nothing comes early or late.
        var even = Array.ConvertAll(shown, s => ((s / cases) + Uniform(seed, s / cases, s % cases)) / rounds);
        var count = Math.Max(1, (int)Math.Round(cases * epochs));
        if (count < shown.Length)
        {
            Array.Sort((double[])even.Clone(), shown);
            Array.Resize(ref shown, count);
        }

        var length = epochs / rounds;
        var places = Array.ConvertAll(shown, s => isReasoning(s % cases) ? Late(even[s] / length, curriculum) : even[s] / length);
        _order = Array.ConvertAll(shown, s => s % cases);
        Array.Sort(places, _order);
    }

    /// <summary>How many cases are shown in all.</summary>
    public int Count => _order.Length;

    /// <summary>The cases of one optimizer step; the last may have fewer.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <param name="batch">Cases a step.</param>
    public ReadOnlySpan<int> Batch(int step, int batch) => _order.AsSpan(step * batch, Math.Min(batch, _order.Length - (step * batch)));

    // The inverse of the distribution function a x + (1 − a) x².
    private static double Late(double even, double a) => a >= 1 ? even : (Math.Sqrt((a * a) + (4 * (1 - a) * even)) - a) / (2 * (1 - a));

    private static double Uniform(long seed, int round, int index)
    {
        var hash = new StableHash(seed);
        hash.Add(round);
        hash.Add(index);
        return hash.Unit;
    }
}
