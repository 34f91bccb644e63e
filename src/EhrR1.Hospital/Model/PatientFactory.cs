namespace EhrR1.Hospital;

/// <summary>Draws patients: age, sex, chronic illness through its risk factors, drugs taken at home, and then their encounters.</summary>
internal sealed class PatientFactory
{
    private static readonly string[] YearGroups = ["2008 - 2010", "2011 - 2013", "2014 - 2016", "2017 - 2019", "2020 - 2022"];
    private static readonly string[] Allergens = ["No Known Allergies / Adverse Drug Reactions", "Penicillins", "Sulfa (Sulfonamide Antibiotics)", "Codeine", "Iodine-containing contrast", "Latex", "Lisinopril", "shellfish derived"];
    private readonly HospitalContent content;
    private readonly HospitalOptions options;
    private readonly double burdenMean;
    private readonly double burdenSd;
    private readonly Drug[] homeDrugs;

    public PatientFactory(HospitalContent content, HospitalOptions options)
    {
        this.content = content;
        this.options = options;
        homeDrugs = [.. content.Drugs.Where(d => d.IsFor("home"))];
        var rng = Rng.For(4711, 0);
        var counts = Enumerable.Range(0, 400).Select(_ => (double)DrawChronic(rng, DrawAge(rng), rng.Chance(0.5), rng.Normal()).Count).ToArray();
        burdenMean = counts.Average();
        burdenSd = Math.Max(0.5, Math.Sqrt(counts.Average(c => (c - burdenMean) * (c - burdenMean))));
    }

    public Patient Make(long index)
    {
        var subject = Ids.Subject(index);
        var root = Rng.For(options.Seed, subject);
        var rng = root.Fork(1);
        var male = rng.Chance(0.52);
        var age = DrawAge(rng);
        var frailty = (0.35 * (age - 60) / 16.0) + (0.93 * rng.Normal());
        var chronic = DrawChronic(rng, age, male, frailty);
        var group = rng.Below(YearGroups.Length);
        var patient = new Patient
        {
            Index = index,
            SubjectId = subject,
            Ids = new Ids(index),
            Rng = root,
            Sex = male ? "M" : "F",
            AnchorAge = age,
            AnchorYear = options.StartYear + rng.Below(options.Years),
            AnchorYearGroup = YearGroups[group],
            Race = content.Hospital.DrawDemographic("race", rng, "WHITE"),
            Language = content.Hospital.DrawDemographic("language", rng, "English"),
            Insurance = age >= 65 && rng.Chance(0.75) ? "Medicare" : content.Hospital.DrawDemographic("insurance", rng, "Other"),
            MaritalStatus = content.Hospital.DrawDemographic("marital_status", rng, "MARRIED"),
            WeightKg = Math.Clamp(rng.Normal(male ? 86 : 74, 17), 40, 180),
            HeightCm = rng.Normal(male ? 176 : 162, 7),
            Frailty = frailty,
            Burden = Math.Clamp((chronic.Count - burdenMean) / burdenSd, -2, 2.5),
            Chronic = chronic,
            HomeDrugs = DrawHomeDrugs(chronic, rng),
            Allergies = rng.Chance(0.6) ? [Allergens[0]] : [.. Enumerable.Range(0, 1 + rng.Below(2)).Select(_ => Allergens[1 + rng.Below(Allergens.Length - 1)]).Distinct()],
            HasEmar = group >= 2 || rng.Chance(0.45),
        };
        new EncounterPlan(content, patient, root.Fork(2)).Draw();
        return patient;
    }

    private static int DrawAge(Rng rng) => (int)Math.Clamp(rng.Normal(61, 17), 18, 91);

    private List<ActiveCondition> DrawChronic(Rng rng, int age, bool male, double frailty)
    {
        var found = new List<ActiveCondition>();
        foreach (var condition in content.Chronic)
        {
            var odds = Math.Clamp(condition.Prevalence, 0.0005, 0.9);
            odds = odds / (1 - odds) * AcuteIllness.AgeFactor(condition, age) * AcuteIllness.SexFactor(condition, male) * Math.Exp(0.25 * frailty);
            foreach (var (name, factor) in condition.RiskFactors)
            {
                if (found.Exists(c => c.Condition.Name == name))
                    odds *= Math.Clamp(factor, 0.1, 6);
            }
            if (rng.Chance(odds / (1 + odds)))
                found.Add(new(condition, Math.Clamp(rng.Normal(0.45, 0.18), 0.1, 1)));
        }
        return found;
    }

    private List<Drug> DrawHomeDrugs(List<ActiveCondition> chronic, Rng rng)
    {
        var drugs = new List<Drug>();
        foreach (var active in chronic)
        {
            foreach (var treatment in content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "drug" && content.DrugByName.TryGetValue(treatment.Target, out var drug)
                    && drug.IsFor("home") && active.Severity >= treatment.SeverityFrom * 0.8 && rng.Chance(treatment.Probability * 0.8) && !drugs.Contains(drug))
                    drugs.Add(drug);
            }
        }
        // Some take drugs whose reason stands nowhere in the record.
        for (var i = rng.Poisson(1.6); i > 0 && homeDrugs.Length > 0; i--)
        {
            var drug = rng.Pick(homeDrugs);
            if (!drugs.Contains(drug))
                drugs.Add(drug);
        }
        return drugs;
    }
}
