namespace EhrR1.Hospital;

/// <summary>Decides which procedures a stay holds: those for its conditions, and those that the ICU does.</summary>
internal sealed class ProcedurePlan(EncounterRecord record)
{
    private static readonly string[] Ventilation = ["0BH17EZ", "5A1945Z"];
    private static readonly string[] Lines = ["02HV33Z", "03HY32Z"];
    private readonly Rng rng = record.Fork(110);

    public void Plan()
    {
        var encounter = record.Encounter;
        if (encounter.Course is not { } course)
            return;
        foreach (var active in encounter.Acute.Concat(record.Patient.Chronic))
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "procedure" && active.Severity >= treatment.SeverityFrom && rng.Chance(treatment.Probability * (active.Condition.IsChronic ? 0.1 : 0.8))
                    && record.Content.ProcedureByTitle.TryGetValue(treatment.Target, out var code))
                    Add(code, Math.Clamp(treatment.StartsAfterHours + rng.Uniform(0, 8), 0.3, course.Hours - 0.2));
            }
        }
        foreach (var episode in course.Icu)
        {
            foreach (var code in record.IsVentilated(episode) ? Ventilation : [])
                Add(code, episode.Start + 1);
            foreach (var code in Lines)
            {
                if (rng.Chance(OutcomeModel.Logistic(-0.4 + (0.5 * record.Latent.Support) + (0.3 * record.Latent.Severity))))
                    Add(code, episode.Start + 2);
            }
        }
        for (var i = rng.Poisson(0.2); i > 0 && record.Content.Procedures.Count > 0; i--)
            Add(rng.Pick(record.Content.Procedures), rng.Uniform(0, course.Hours));
    }

    private void Add(string icd10, double hour)
    {
        if (record.Content.ProcedureByTitle.TryGetValue(icd10, out var code))
            Add(code, hour);
    }

    private void Add(ProcedureCode code, double hour) => record.Procedures.Add((code, record.Encounter.TimeAt(hour)));
}
