namespace EhrR1.Hospital;

/// <summary>The true probabilities of the 18 risk outcomes, given what is latent at the prediction time.</summary>
/// <remarks>Computed from the laws that the outcomes are drawn from; only durations are integrated over a fixed grid. Not safe for several threads at once.</remarks>
internal sealed class TrueProbabilities
{
    private static readonly double[] MortalityDays = [1, 2, 3, 7, 14];
    private readonly List<Future> futures = [];

    /// <summary>ED_Hospitalization, ED_Inpatient_Mortality, ED_ICU_Tranfer_12hour, ED_Reattendance_3day, ED_Critical_Outcomes at the end of an ED stay.</summary>
    public double[] OfEdStay(in Latent l, bool isReturn)
    {
        var admitted = isReturn ? OutcomeModel.ReturnAdmission : OutcomeModel.AdmittedFromEd(l);
        var icu = OutcomeModel.EarlyIcu(l);
        Future.FromIcu(l, 0, futures);
        var deathInIcu = futures.Where(f => f.Died).Sum(f => f.Weight);
        Future.FromWard(l, futures);
        var deathOnWard = futures.Where(f => f.Died).Sum(f => f.Weight);
        return
        [
            admitted,
            admitted * ((icu * deathInIcu) + ((1 - icu) * deathOnWard)),
            admitted * icu,
            isReturn ? 0 : (1 - admitted) * OutcomeModel.ReturnsToEd(l),
            admitted * (icu + ((1 - icu) * deathOnWard)),
        ];
    }

    /// <summary>Inpatient_Mortality, LengthOfStay_3day and _7day, 24 hours after admission, and Readmission_30day and _60day at discharge.</summary>
    public double[] OfAdmission(in Latent l, bool earlyIcu)
    {
        if (earlyIcu)
            Future.FromIcu(l, 0, futures);
        else
            Future.FromWard(l, futures);
        const double icuStart = 2.6;
        var shift = earlyIcu ? icuStart : 0;
        double all = 0, died = 0, three = 0, seven = 0;
        foreach (var future in futures)
        {
            var hours = future.Hours + shift;
            if (hours <= 24)
                continue;
            all += future.Weight;
            died += future.Died ? future.Weight : 0;
            three += hours > 72 ? future.Weight : 0;
            seven += hours > 168 ? future.Weight : 0;
        }
        var back = OutcomeModel.EarlyReturn(l) * EncounterPlan.EarlyAdmission;
        return [died / all, three / all, seven / all, back * OutcomeModel.EarlyShare(30), back];
    }

    /// <summary>ICU_Mortality_1day to _14day, ICU_Stay_7day and _14day, ICU_Readmission, 24 hours after the start of an ICU stay.</summary>
    public double[] OfIcuStay(in Latent l, int episode)
    {
        Future.FromIcu(l, episode, futures);
        var afterDischarge = (1 - OutcomeModel.EarlyReturn(l)) * OutcomeModel.DiesAfterDischarge(l);
        var result = new double[8];
        var all = 0.0;
        foreach (var future in futures)
        {
            if (future.FirstIcuHours <= 24)
                continue;
            all += future.Weight;
            for (var i = 0; i < MortalityDays.Length; i++)
            {
                var left = 24 + (24 * MortalityDays[i]) - future.Hours;
                if (left > 0)
                    result[i] += future.Weight * (future.Died ? 1 : afterDischarge * (1 - Math.Exp(-left / 24 / OutcomeModel.DeathAfterDischargeDays)));
            }
            result[5] += future.FirstIcuHours >= 168 ? future.Weight : 0;
            result[6] += future.FirstIcuHours >= 336 ? future.Weight : 0;
            result[7] += future.ReturnedToIcu ? future.Weight : 0;
        }
        for (var i = 0; i < result.Length; i++)
            result[i] /= all;
        return result;
    }
}
