using System.Runtime.Intrinsics;

namespace EhrR1.Scoring;

/// <summary>Area under the ROC curve: the probability that a yes is ranked above a no, a tie counting half.</summary>
/// <remarks>
/// <para>AUROC = Σ wᵢwⱼ ([pᵢ &gt; pⱼ] + ½[pᵢ = pⱼ]) / Σ wᵢwⱼ over yes-samples i and no-samples j (Mann–Whitney; Hanley and
/// McNeil, Radiology 143, 1982), equal to the trapezoidal area of the ROC curve. Not defined (<see cref="double.NaN"/>)
/// unless both classes have positive weight.</para>
/// <para>One sort, then O(n) for each evaluation; exact where all weights are 1, as all sums are then multiples of ½ and
/// below 2⁵³. Stateless.</para>
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

    private sealed class Prepared(RankedRows ranked) : ILanedMetric
    {
        public double Evaluate(ReadOnlySpan<int> patientCounts)
        {
            PatientIndex.CheckCounts(patientCounts, ranked.Patients);
            double yes = 0, no = 0, won = 0, tieYes = 0, tieNo = 0;
            for (int i = 0; i < ranked.Rows.Length; i++)
            {
                uint row = ranked.Rows[i];
                double weight = patientCounts[RankedRows.Position(row)] * ranked.WeightAt(i);
                if (RankedRows.IsYes(row)) tieYes += weight;
                else tieNo += weight;
                if (!RankedRows.EndsTie(row)) continue;
                won += tieNo * (yes + (0.5 * tieYes));
                yes += tieYes;
                no += tieNo;
                tieYes = tieNo = 0;
            }

            return yes > 0 && no > 0 ? won / (yes * no) : double.NaN;
        }

        public Vector256<double> EvaluateLanes(ReadOnlySpan<float> counts)
        {
            Lanes.Check(counts, ranked.Patients);
            Vector256<double> yes = default, no = default, won = default, tieYes = default, tieNo = default;
            uint[] rows = ranked.Rows;
            double[]? weights = ranked.Weights;
            for (int i = 0; i < rows.Length; i++)
            {
                uint row = rows[i];
                Vector256<double> weight = Lanes.At(counts, RankedRows.Position(row));
                if (weights is not null) weight *= weights[i];
                if (RankedRows.IsYes(row)) tieYes += weight;
                else tieNo += weight;
                if (!RankedRows.EndsTie(row)) continue;
                won += tieNo * (yes + (0.5 * tieYes));
                yes += tieYes;
                no += tieNo;
                tieYes = tieNo = default;
            }

            Vector256<double> defined = Vector256.GreaterThan(yes, default) & Vector256.GreaterThan(no, default);
            return Vector256.ConditionalSelect(defined, won / (yes * no), Lanes.NaN);
        }
    }
}
