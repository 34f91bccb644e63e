namespace EhrR1.Hospital;

/// <summary>Draws what brings a patient to the hospital, and the complications that come with it, from risk factors.</summary>
internal static class AcuteIllness
{
    public static IReadOnlyList<Condition> Draw(HospitalContent content, Patient patient, EncounterKind kind, long time, Rng rng)
    {
        var weights = content.Acute.Select(c => (c, Weight(c, patient, time) * KindWeight(c, kind))).ToArray();
        var principal = new Weighted<Condition>(weights).Draw(rng);
        var acute = new List<Condition> { principal };
        var total = weights.Sum(w => w.Item2);
        foreach (var (condition, weight) in weights)
        {
            var chance = Math.Min(0.35, (0.7 * weight / total) + (0.05 * (LinkTo(condition, principal) - 1)));
            if (condition != principal && acute.Count < 4 && rng.Chance(chance))
                acute.Add(condition);
        }
        return acute;
    }

    private static double Weight(Condition condition, Patient patient, long time)
    {
        var weight = condition.Prevalence * AgeFactor(condition, patient.AgeAt(time)) * SexFactor(condition, patient.IsMale);
        foreach (var (name, factor) in condition.RiskFactors)
        {
            if (patient.Chronic.Any(c => c.Condition.Name == name))
                weight *= Math.Clamp(factor, 0.1, 6);
        }
        return weight;
    }

    private static double KindWeight(Condition condition, EncounterKind kind) => kind switch
    {
        EncounterKind.Emergency => 0.1 + condition.EdWeight,
        // Operations that the ED hardly sees are the planned ones; cancer is treated on dates too.
        EncounterKind.Elective => condition.EdWeight < 0.2 ? 6 : condition.Service == "OMED" ? 0.6 : 0.05,
        _ => 1,
    };

    private static double LinkTo(Condition condition, Condition principal) =>
        condition.RiskFactors.Where(r => r.Name == principal.Name).Select(r => Math.Min(r.Factor, 6)).FirstOrDefault(1);

    public static double AgeFactor(Condition condition, int age) =>
        Math.Clamp(Math.Exp(condition.AgeSlope * (age - condition.AgeMean) / 10), 0.15, 4);

    public static double SexFactor(Condition condition, bool male)
    {
        var ratio = Math.Clamp(condition.SexRatio, 0, 1000);
        return 2 * (male ? ratio : 1) / (1 + ratio);
    }
}
