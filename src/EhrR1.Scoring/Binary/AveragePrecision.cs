using System.Runtime.Intrinsics;

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

    private sealed class Prepared(RankedRows ranked) : ILanedMetric
    {
        public double Evaluate(ReadOnlySpan<int> patientCounts)
        {
            PatientIndex.CheckCounts(patientCounts, ranked.Patients);
            double yes = 0, all = 0, tieYes = 0, sum = 0;
            for (int i = 0; i < ranked.Rows.Length; i++)
            {
                uint row = ranked.Rows[i];
                double weight = patientCounts[RankedRows.Position(row)] * ranked.WeightAt(i);
                all += weight;
                if (RankedRows.IsYes(row)) tieYes += weight;
                if (!RankedRows.EndsTie(row) || tieYes == 0) continue;
                yes += tieYes;
                sum += tieYes * yes / all;
                tieYes = 0;
            }

            return yes > 0 ? sum / yes : double.NaN;
        }

        public Vector256<double> EvaluateLanes(ReadOnlySpan<float> counts)
        {
            Lanes.Check(counts, ranked.Patients);
            Vector256<double> yes = default, all = default, tieYes = default, sum = default;
            bool yesInTie = false;
            uint[] rows = ranked.Rows;
            double[]? weights = ranked.Weights;
            for (int i = 0; i < rows.Length; i++)
            {
                uint row = rows[i];
                Vector256<double> weight = Lanes.At(counts, RankedRows.Position(row));
                if (weights is not null) weight *= weights[i];
                all += weight;
                if (RankedRows.IsYes(row))
                {
                    tieYes += weight;
                    yesInTie = true;
                }

                if (!yesInTie || !RankedRows.EndsTie(row)) continue;
                yes += tieYes;
                // A replicate that has drawn no row yet divides 0 by 0; it has nothing to add.
                sum += Vector256.ConditionalSelect(Vector256.GreaterThan(tieYes, default), tieYes * yes / all, default);
                tieYes = default;
                yesInTie = false;
            }

            return Vector256.ConditionalSelect(Vector256.GreaterThan(yes, default), sum / yes, Lanes.NaN);
        }
    }
}
