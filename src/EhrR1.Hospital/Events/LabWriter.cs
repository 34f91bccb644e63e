namespace EhrR1.Hospital;

/// <summary>Draws of blood and other specimens: in the ED at arrival, every morning on the ward, round the clock in the ICU, at once when a patient fails; results come after a delay.</summary>
internal sealed class LabWriter(EncounterRecord record)
{
    private readonly Rng rng = record.Fork(20);
    private readonly Encounter encounter = record.Encounter;
    private readonly List<LabPanel> panels = [];

    public void Write()
    {
        DrawOutpatient();
        if (encounter.IsEmergency)
            DrawInEd();
        if (!encounter.IsAdmitted)
            return;
        DrawMornings();
        DrawUrgent();
        DrawInIcu();
    }

    private double Sickness => Math.Clamp(record.Latent.Severity, -2, 2.5);

    private void DrawInEd()
    {
        var first = encounter.Start + Clock.Hours(rng.Uniform(0.2, 1.1));
        if (!rng.Chance(OutcomeModel.Logistic(2.0 + (0.6 * Sickness))))
            return;
        Collect("BMP", 0.95);
        Collect("CBC", 0.95);
        Collect("DIFF", 0.55);
        Collect("LFT", 0.4);
        Collect("COAG", OutcomeModel.Logistic(-0.3 + (0.6 * Sickness)));
        Collect("UA", 0.4);
        Collect("LACT", OutcomeModel.Logistic(-0.9 + (0.9 * Sickness)));
        Collect("TROP", OutcomeModel.Logistic(-1.0 + (0.5 * Sickness)));
        Collect("VBG", OutcomeModel.Logistic(-2.0 + (0.8 * Sickness)));
        CollectByCondition();
        CollectRare(0.25);
        Draw(first, "STAT", order: encounter.IsAdmitted);
        var more = rng.Poisson(0.5 * Math.Exp(0.75 * Sickness));
        for (var i = 0; i < more; i++)
        {
            var time = first + Clock.Hours(rng.Uniform(1.5, 6));
            if (time >= encounter.EdOut)
                continue;
            Collect("TROP", 0.4);
            Collect("BMP", 0.4);
            Collect("LACT", 0.35);
            Collect("CBC", 0.2);
            Draw(time, "STAT", order: encounter.IsAdmitted);
        }
    }

    private void DrawMornings()
    {
        for (var day = Clock.StartOfDay(encounter.AdmitTime); day < encounter.DischargeTime; day += Clock.Day)
        {
            var time = day + Clock.Hours(Math.Clamp(rng.Normal(5.9, 0.8), 3.5, 8.5));
            if (time <= encounter.AdmitTime + (30 * Clock.Minute) || time >= encounter.DischargeTime)
                continue;
            var hour = record.HourOf(time);
            var need = (0.5 * Sickness * record.Body.General.At(hour)) + (0.45 * record.Latent.Brittle) + (0.2 * record.Latent.Support);
            if (!rng.Chance(OutcomeModel.Logistic(1.9 + (0.7 * need) - (0.06 * hour / 24))))
                continue;
            Collect("BMP", 0.93);
            Collect("CBC", 0.9);
            Collect("CHEM10", 0.7);
            Collect("DIFF", 0.15);
            Collect("LFT", OutcomeModel.Logistic(-1.5 + (0.4 * need)));
            Collect("COAG", OutcomeModel.Logistic(-1.0 + (0.4 * need)));
            if (rng.Chance(0.35))
                CollectByCondition();
            CollectRare(0.22);
            Draw(time, "ROUTINE", order: true);
        }
    }

    private void DrawUrgent()
    {
        for (var hour = rng.Exponential(24); hour < encounter.Course!.Hours; hour += Math.Max(1.5, rng.Exponential(24)))
        {
            var drive = (0.6 * Sickness * record.Body.General.At(hour)) + (0.5 * record.Latent.Brittle);
            if (!rng.Chance(Math.Min(1, 0.4 * Math.Exp(0.7 * drive))))
                continue;
            Collect("BMP", 0.5);
            Collect("CBC", 0.45);
            Collect("LACT", OutcomeModel.Logistic(-1.6 + (0.6 * drive)));
            Collect("TROP", 0.12);
            Collect("VBG", OutcomeModel.Logistic(-2.0 + (0.6 * drive)));
            Collect("COAG", 0.2);
            CollectRare(0.15);
            Draw(encounter.TimeAt(hour), "STAT", order: true);
        }
    }

    private void DrawInIcu()
    {
        foreach (var episode in encounter.Course!.Icu)
        {
            var step = 8.5 * Math.Exp((-0.32 * Sickness) - (0.12 * record.Latent.Brittle));
            for (var hour = episode.Start + rng.Uniform(0.3, 2); hour < episode.End; hour += Math.Max(1.5, step * rng.Uniform(0.6, 1.5)))
            {
                if (hour - episode.Start > 48)
                    step = 11;
                Collect("ABG", OutcomeModel.Logistic(-0.2 + (0.5 * Sickness) + (0.5 * record.Latent.Support)));
                Collect("LACT", OutcomeModel.Logistic(-0.7 + (0.7 * Sickness)));
                Collect("BMP", 0.45);
                Collect("CHEM10", 0.35);
                Collect("CBC", 0.4);
                Collect("COAG", 0.25);
                CollectRare(0.12);
                Draw(encounter.TimeAt(hour), "STAT", order: true);
            }
        }
    }

    // Clinics draw blood between stays; such rows belong to no admission.
    private void DrawOutpatient()
    {
        var visits = rng.Poisson(0.5 + (0.25 * Math.Max(0, record.Patient.Burden)));
        for (var i = 0; i < visits; i++)
        {
            Collect("BMP", 0.8);
            Collect("CBC", 0.8);
            Collect("LIPID", 0.3);
            CollectRare(0.7);
            var day = Clock.StartOfDay(encounter.Start) - ((6 + rng.Below(50)) * Clock.Day);
            Draw(day + Clock.Hours(rng.Uniform(8, 16)), "ROUTINE", order: false, inStay: false, hour: -24 * 30);
        }
    }

    private void CollectByCondition()
    {
        foreach (var active in encounter.Acute)
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind is "lab" or "panel" && rng.Chance(treatment.Probability * 0.7))
                    Collect(treatment.Target, 1);
            }
        }
    }

    private void CollectRare(double probability)
    {
        if (rng.Chance(probability) && record.Content.RarePanels is { Count: > 0 } rare)
            Add(rare.Draw(rng));
    }

    private void Collect(string name, double probability)
    {
        if (rng.Chance(probability) && record.Content.PanelByName.TryGetValue(name, out var panel))
            Add(panel);
    }

    private void Add(LabPanel panel)
    {
        if (!panels.Contains(panel))
            panels.Add(panel);
    }

    private void Draw(long time, string priority, bool order, bool inStay = true, double? hour = null)
    {
        if (panels.Count == 0)
            return;
        var at = hour ?? record.HourOf(time);
        var orderProvider = rng.Chance(0.16) ? rng.Pick(Staff.Providers) : null;
        if (order)
        {
            var placed = priority == "STAT" ? time - Clock.Hours(rng.Uniform(0.05, 0.5)) : record.Session(time - Clock.Hours(rng.Uniform(4, 14)));
            if (placed >= encounter.AdmitTime)
            {
                foreach (var panel in panels)
                    record.Place(new Order { Time = placed, Type = "Lab", Subtype = "", Provider = rng.Pick(Staff.Providers) });
            }
        }
        var results = new LabResults(record, rng);
        foreach (var specimen in panels.GroupBy(p => p.Specimen))
            results.Write([.. specimen], time, at, inStay ? record.HadmId : null, priority, orderProvider);
        panels.Clear();
    }
}
