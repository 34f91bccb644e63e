namespace EhrR1.Scoring;

/// <summary>Area under the ROC curve: the probability that a yes is ranked above a no, a tie counting half.</summary>
/// <remarks>
/// <para>AUROC = Σ wᵢwⱼ ([pᵢ &gt; pⱼ] + ½[pᵢ = pⱼ]) / Σ wᵢwⱼ over yes-samples i and no-samples j (Mann–Whitney; Hanley and
/// McNeil, Radiology 143, 1982), equal to the trapezoidal area of the ROC curve. Not defined (<see cref="double.NaN"/>)
/// unless both classes have positive weight.</para>
/// <para>One sort, then O(n) for each evaluation; in exact integers where all weights are 1. Stateless.</para>
/// </remarks>
public sealed class Auroc : IMetric
{
    /// <inheritdoc/>
    public string Name => "auroc";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>Computes the area for samples as they are.</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <returns>0 to 1, or NaN where a class is missing.</returns>
    public static double Of(BinaryOutcomes outcomes) => PatientIndex.EvaluateOnce(outcomes, Prepare);

    /// <inheritdoc/>
    public IPreparedMetric Prepare(IReadOnlyList<AnsweredSample> samples, PatientIndex patients) =>
        Prepare(BinaryOutcomes.From(samples), patients);

    /// <summary>Sorts columns once for any number of evaluations.</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <param name="patients">An index that knows every sample's patient.</param>
    /// <returns>The area, ready for any multiplicities.</returns>
    public static IPreparedMetric Prepare(BinaryOutcomes outcomes, PatientIndex patients)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentNullException.ThrowIfNull(patients);
        return new Prepared(RankedRows.Sort(outcomes, patients));
    }

    private sealed class Prepared(RankedRows ranked) : IPreparedMetric
    {
        public double Evaluate(ReadOnlySpan<int> patientCounts)
        {
            PatientIndex.CheckCounts(patientCounts, ranked.Patients);
            return ranked.Weights is null ? Counted(patientCounts) : Weighted(patientCounts, ranked.Weights);
        }

        private double Counted(ReadOnlySpan<int> counts)
        {
            long yes = 0, no = 0, twiceWon = 0, tieYes = 0, tieNo = 0;
            foreach (uint row in ranked.Rows)
            {
                long count = counts[(int)(row >> RankedRows.PatientShift)];
                long asYes = count & -(long)((row >> 1) & 1);
                tieYes += asYes;
                tieNo += count - asYes;
                if ((row & RankedRows.LastOfTie) == 0) continue;
                twiceWon += tieNo * ((2 * yes) + tieYes);
                yes += tieYes;
                no += tieNo;
                tieYes = tieNo = 0;
            }

            return yes > 0 && no > 0 ? twiceWon / (2.0 * yes * no) : double.NaN;
        }

        private double Weighted(ReadOnlySpan<int> counts, double[] weights)
        {
            double yes = 0, no = 0, won = 0, tieYes = 0, tieNo = 0;
            uint[] rows = ranked.Rows;
            for (int i = 0; i < rows.Length && i < weights.Length; i++)
            {
                uint row = rows[i];
                double weight = counts[(int)(row >> RankedRows.PatientShift)] * weights[i];
                if ((row & RankedRows.Yes) != 0) tieYes += weight;
                else tieNo += weight;
                if ((row & RankedRows.LastOfTie) == 0) continue;
                won += tieNo * (yes + (0.5 * tieYes));
                yes += tieYes;
                no += tieNo;
                tieYes = tieNo = 0;
            }

            return yes > 0 && no > 0 ? won / (yes * no) : double.NaN;
        }
    }
}
