namespace EhrR1.Scoring;

/// <summary>Area under the precision-recall curve as average precision (AUPRC).</summary>
/// <remarks>
/// <para>AP = Σₖ (Rₖ − Rₖ₋₁) Pₖ over the distinct probabilities from the greatest down, with recall Rₖ and precision Pₖ of
/// "yes from this probability up": the step-wise sum, no interpolation (scikit-learn's <c>average_precision_score</c>).
/// Its chance level is the prevalence, so it must be read beside it. Not defined (<see cref="double.NaN"/>) without a
/// yes of positive weight; 1 where every sample is yes.</para>
/// <para>One sort, then O(n) for each evaluation. Stateless.</para>
/// </remarks>
public sealed class AveragePrecision : IMetric
{
    /// <inheritdoc/>
    public string Name => "auprc";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <summary>Computes the average precision for samples as they are.</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <returns>0 to 1, or NaN where no sample is yes.</returns>
    public static double Of(BinaryOutcomes outcomes) => PatientIndex.EvaluateOnce(outcomes, Prepare);

    /// <inheritdoc/>
    public IPreparedMetric Prepare(IReadOnlyList<AnsweredSample> samples, PatientIndex patients) =>
        Prepare(BinaryOutcomes.From(samples), patients);

    /// <summary>Sorts columns once for any number of evaluations.</summary>
    /// <param name="outcomes">Predictions on any scale, with outcomes and weights.</param>
    /// <param name="patients">An index that knows every sample's patient.</param>
    /// <returns>The average precision, ready for any multiplicities.</returns>
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
            long yes = 0, all = 0, tieYes = 0;
            double sum = 0;
            foreach (uint row in ranked.Rows)
            {
                long count = counts[(int)(row >> RankedRows.PatientShift)];
                all += count;
                tieYes += count & -(long)((row >> 1) & 1);
                if ((row & RankedRows.LastOfTie) == 0 || tieYes == 0) continue;
                yes += tieYes;
                sum += (double)tieYes * yes / all;
                tieYes = 0;
            }

            return yes > 0 ? sum / yes : double.NaN;
        }

        private double Weighted(ReadOnlySpan<int> counts, double[] weights)
        {
            double yes = 0, all = 0, tieYes = 0, sum = 0;
            uint[] rows = ranked.Rows;
            for (int i = 0; i < rows.Length && i < weights.Length; i++)
            {
                uint row = rows[i];
                double weight = counts[(int)(row >> RankedRows.PatientShift)] * weights[i];
                all += weight;
                if ((row & RankedRows.Yes) != 0) tieYes += weight;
                if ((row & RankedRows.LastOfTie) == 0 || tieYes == 0) continue;
                yes += tieYes;
                sum += tieYes * yes / all;
                tieYes = 0;
            }

            return yes > 0 ? sum / yes : double.NaN;
        }
    }
}
