namespace EhrR1.Hospital;

/// <summary>Orders for care other than drugs and laboratory: the admission bundle, daily care, devices, nutrition, consults and discharge.</summary>
internal sealed class CareOrders(EncounterRecord record)
{
    private static readonly (string Type, string Subtype, double Chance)[] Bundle =
    [
        ("ADT orders", "Admit", 1), ("ADT orders", "Code status", 0.5), ("General Care", "Vitals/Monitoring", 1), ("General Care", "Activity", 0.9), ("General Care", "Other", 1),
        ("General Care", "Other", 0.7), ("IV therapy", "IV access", 0.8), ("Nutrition", "Diet Order", 0.9), ("General Care", "Therapeutic devices/DVT/Prophylaxis", 0.35),
    ];

    private readonly Rng rng = record.Fork(30);
    private readonly Encounter encounter = record.Encounter;

    public void Plan()
    {
        if (!encounter.IsAdmitted)
            return;
        var l = record.Latent;
        foreach (var (type, subtype, chance) in Bundle)
        {
            if (rng.Chance(chance))
                Place(rng.Uniform(0.02, 1.2), type, subtype, subtype == "Admit" ? ("Admit to", Service()) : subtype == "Code status" ? ("Code status", CodeStatus()) : null);
        }
        if (rng.Chance(OutcomeModel.Logistic(0.2 + (0.7 * l.Severity))))
            Place(rng.Uniform(0.1, 2), "General Care", "Telemetry");
        if (rng.Chance(OutcomeModel.Logistic(-0.8 + (0.9 * l.Severity))))
            Place(rng.Uniform(0.1, 3), "Respiratory", "Oxygen Therapy");
        if (rng.Chance(OutcomeModel.Logistic(-0.6 + (0.3 * l.Severity))))
            Place(rng.Uniform(0.1, 6), "Cardiology", "ECG");
        Repeat("IV therapy", "IV fluids", 0.55 * Math.Exp(0.45 * l.Support));
        Repeat("General Care", "Tubes/Drains", 0.35 * Math.Exp(0.6 * l.Support));
        Repeat("General Care", "Other", 0.4 * Math.Exp(0.5 * l.Brittle));
        Repeat("General Care", "Vitals/Monitoring", 0.2 * Math.Exp(0.8 * l.Brittle));
        Repeat("General Care", "Wound Care", 0.07 * Math.Exp(0.5 * l.Support));
        Repeat("Nutrition", "Diet Order", 0.3 * Math.Exp(0.3 * l.Support));
        Repeat("Nutrition", "Tubefeeding Order", 0.05 * Math.Exp(0.9 * l.Support));
        Repeat("Nutrition", "NPO/Diet for Procedure", 0.08 * Math.Exp(0.3 * l.Support));
        Repeat("Blood Bank", "Red Cell Product Order", 0.07 * Math.Exp((0.5 * l.Severity) + (0.2 * l.Support)));
        Repeat("Consults", "Physical Therapy", 0.1 * Math.Exp(0.35 * l.Support));
        Repeat("Consults", "Nutrition consult", 0.04 * Math.Exp(0.35 * l.Support));
        Repeat("Consults", "Social Work", 0.03 * Math.Exp(0.3 * l.Brittle));
        Repeat("Respiratory", "Other", 0.12 * Math.Exp((0.3 * l.Severity) + (0.6 * l.Brittle)));
        Repeat("TPN", "Central TPN", 0.008 * Math.Exp(l.Support));
        if (rng.Chance(OutcomeModel.Logistic(-1.6 + (0.6 * l.Brittle))))
            Repeat("General Care", "Restraints", 0.12 * Math.Exp(0.4 * l.Brittle));
        foreach (var episode in encounter.Course!.Icu)
        {
            Place(episode.Start - 0.2, "ADT orders", "Transfer", ("Transfer to", "ICU"));
            Repeat("Critical Care", "Hemodynamic monitoring", 0.9 * Math.Exp(0.8 * l.Severity), episode.Start, episode.End);
            if (record.IsVentilated(episode))
                Repeat("Respiratory", "Mechanical Ventilation", 1.1, episode.Start, episode.End);
        }
        OrderConsults();
        if (!encounter.Died)
            PlaceDischarge();
    }

    private void PlaceDischarge()
    {
        var hours = encounter.Course!.Hours;
        Place(hours - rng.Uniform(1, 5), "ADT orders", "Discharge", ("Discharge When", rng.Chance(0.7) ? "Today" : "Tomorrow"));
        if (rng.Chance(0.3))
            Place(hours - rng.Uniform(2, 22), "General Care", "Discharge Followup Appointment", ("Discharge Planning", "Finalized"));
    }

    private void OrderConsults()
    {
        foreach (var active in encounter.Acute)
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "consult" && active.Severity >= treatment.SeverityFrom && rng.Chance(treatment.Probability))
                    Place(Math.Max(0.3, treatment.StartsAfterHours + rng.Uniform(0, 12)), "Consults", treatment.Target);
            }
        }
    }

    private string Service() => encounter.Principal.Condition.IsSurgical ? "Surgery" : "Medicine";

    private string CodeStatus() => rng.Chance(OutcomeModel.Logistic(-3 + (0.7 * record.Latent.Age) + (0.6 * record.Latent.Severity))) ? "DNR / DNI" : "Full code";

    private void Repeat(string type, string subtype, double perDay, double from = 0.5, double? until = null)
    {
        var end = until ?? encounter.Course!.Hours;
        for (var hour = from + rng.Exponential(24 / perDay); hour < end; hour += rng.Exponential(24 / perDay))
        {
            // Long stays settle into standing orders.
            if (hour < 240 || rng.Chance(0.5))
                Place(hour, type, subtype);
        }
    }

    private void Place(double hour, string type, string subtype, (string Field, string Value)? detail = null)
    {
        if (hour < 0 || hour >= encounter.Course!.Hours)
            return;
        record.Place(new Order { Time = record.Session(encounter.TimeAt(hour)), Type = type, Subtype = subtype, Provider = rng.Pick(Staff.Providers), Detail = detail, Transaction = hour > 6 && rng.Chance(0.15) ? "Change" : "New" });
    }
}
