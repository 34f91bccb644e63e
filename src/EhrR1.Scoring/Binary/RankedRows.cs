namespace EhrR1.Scoring;

/// <summary>Rows of a risk task sorted once by falling probability, each packed into one word, for linear weighted passes.</summary>
internal sealed class RankedRows
{
    private const uint LastOfTie = 1, Yes = 2;
    private const int PatientShift = 2;

    private RankedRows(uint[] rows, double[]? weights, int patients)
    {
        Rows = rows;
        Weights = weights;
        Patients = patients;
    }

    /// <summary>patient position · 4 + yes · 2 + (1 if the next row has a smaller probability, or there is none).</summary>
    public uint[] Rows { get; }

    /// <summary>Weights in the order of the rows; null where all are 1.</summary>
    public double[]? Weights { get; }

    public int Patients { get; }

    public static int Position(uint row) => (int)(row >> PatientShift);

    public static bool IsYes(uint row) => (row & Yes) != 0;

    public static bool EndsTie(uint row) => (row & LastOfTie) != 0;

    public double WeightAt(int i) => Weights is null ? 1 : Weights[i];

    public static RankedRows Sort(BinaryOutcomes outcomes, PatientIndex patients)
    {
        int n = outcomes.Count;
        var keys = new double[n];
        var order = new int[n];
        for (int i = 0; i < n; i++)
        {
            // -0.0 and 0.0 are one tie; adding 0 makes them one bit pattern.
            keys[i] = -outcomes.Probabilities[i] + 0.0;
            order[i] = i;
        }

        // The order within a tie does not matter: a tie enters the sums as a whole. But doubles are summed in row order,
        // so an unstable sort must still see the same input in the same order to give the same bytes; it does.
        Array.Sort(keys, order);
        var rows = new uint[n];
        for (int i = 0; i < n; i++)
        {
            int sample = order[i];
            bool last = i == n - 1 || keys[i + 1] != keys[i];
            rows[i] = ((uint)patients.PositionOf(outcomes.Patients[sample]) << PatientShift)
                | (outcomes.Labels[sample] ? Yes : 0) | (last ? LastOfTie : 0);
        }

        return new(rows, outcomes.Weights is { } weights ? [.. order.Select(i => weights[i])] : null, patients.Count);
    }
}
