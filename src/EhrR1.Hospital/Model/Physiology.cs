namespace EhrR1.Hospital;

/// <summary>What would be measured in a patient at any hour of an encounter: baseline, chronic shifts, acute shifts over time, and noise.</summary>
internal sealed class Physiology
{
    private static readonly (string Label, double Shift)[] GeneralIllness =
    [
        ("Lactate", 0.55), ("White Blood Cells", 0.35), ("Neutrophils", 0.3), ("Lymphocytes", -0.3), ("Urea Nitrogen", 0.4), ("Creatinine", 0.3),
        ("Bicarbonate", -0.3), ("Anion Gap", 0.35), ("Albumin", -0.5), ("Hemoglobin", -0.35), ("Hematocrit", -0.35), ("RDW", 0.4),
        ("Glucose", 0.3), ("Platelet Count", -0.2), ("Calcium, Total", -0.3), ("C-Reactive Protein", 0.6), ("INR(PT)", 0.3), ("PT", 0.3),
        ("pH", -0.25), ("Base Excess", -0.3), ("pO2", -0.2), ("Troponin T", 0.2),
    ];

    private readonly HospitalContent content;
    private readonly Encounter encounter;
    private readonly Rng rng;
    private readonly double[] labBase;
    private readonly double[] vitalBase;
    private readonly List<AcuteShift>[] labAcute;
    private readonly List<AcuteShift>[] vitalAcute;
    private readonly Trajectory general;

    public Physiology(HospitalContent content, Patient patient, Encounter encounter)
    {
        this.content = content;
        this.encounter = encounter;
        // The same fork in every encounter: a patient's own normal values stay the patient's own.
        var own = patient.Rng.Fork(3);
        labBase = [.. content.Labs.Select(_ => 0.6 * own.Normal())];
        vitalBase = [.. VitalSign.All.Select(_ => 0.5 * own.Normal())];
        labAcute = new List<AcuteShift>[content.Labs.Count];
        vitalAcute = new List<AcuteShift>[VitalSign.All.Count];
        rng = patient.Rng.Fork(1000 + encounter.Number);
        general = new Trajectory(encounter, 60);
        foreach (var active in patient.Chronic)
        {
            foreach (var effect in content.Effects[active.Condition.Name])
                AddChronic(effect, active.Severity);
        }
        foreach (var active in encounter.Acute)
        {
            foreach (var effect in content.Effects[active.Condition.Name])
                AddAcute(effect, active.Severity);
        }
        foreach (var (label, shift) in GeneralIllness)
        {
            if (content.LabByLabel.TryGetValue(label, out var lab))
                (labAcute[lab.Index] ??= []).Add(new(shift * encounter.Latent.Severity, 0, general));
        }
        for (var v = 0; v < vitalAcute.Length; v++)
            (vitalAcute[v] ??= []).Add(new(VitalSign.All[v].Illness * encounter.Latent.Severity, 0, general));
    }

    public Trajectory General => general;

    public double Lab(LabItem item, double hour) =>
        Math.Clamp(item.Mean + (item.Sd * (labBase[item.Index] + Sum(labAcute[item.Index], hour) + (0.55 * rng.Normal()))), item.Min, item.Max);

    public double Vital(int index, double hour)
    {
        var sign = VitalSign.All[index];
        return Math.Clamp(sign.Mean + (sign.Sd * (vitalBase[index] + Sum(vitalAcute[index], hour) + (0.55 * rng.Normal()))), sign.Low, sign.High);
    }

    private double Sum(List<AcuteShift>? shifts, double hour)
    {
        if (shifts is null)
            return 0;
        var sum = 0.0;
        foreach (var shift in shifts)
            sum += shift.At(hour);
        return sum;
    }

    private void AddChronic(ConditionEffect effect, double severity)
    {
        if (effect.IsLab && content.LabByLabel.TryGetValue(effect.Target, out var lab))
            labBase[lab.Index] += 0.6 * effect.Shift * severity;
        else if (!effect.IsLab && VitalSign.IndexOf(effect.Target) is >= 0 and var at)
            vitalBase[at] += 0.6 * effect.Shift * severity;
    }

    private void AddAcute(ConditionEffect effect, double severity)
    {
        var shift = new AcuteShift(effect.Shift * severity, Math.Max(0, effect.OnsetHours), new Trajectory(encounter, effect.RecoveryHours));
        if (effect.IsLab && content.LabByLabel.TryGetValue(effect.Target, out var lab))
            (labAcute[lab.Index] ??= []).Add(shift);
        else if (!effect.IsLab && VitalSign.IndexOf(effect.Target) is >= 0 and var at)
            (vitalAcute[at] ??= []).Add(shift);
    }

    // Illness began before the door: what rises late is on its way when the patient arrives.
    private sealed record AcuteShift(double Size, double OnsetHours, Trajectory Course)
    {
        private const double HoursBeforeArrival = 8;

        public double At(double hour)
        {
            var risen = OnsetHours <= 0 ? 1 : Math.Clamp((hour + HoursBeforeArrival + 6) / (OnsetHours + 6), 0.1, 1);
            return Size * risen * Course.At(hour);
        }
    }
}
