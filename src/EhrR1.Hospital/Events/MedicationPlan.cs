namespace EhrR1.Hospital;

/// <summary>Decides which drugs a stay gets: those from home, those for its conditions, the ward's standing set, repletion and rescue.</summary>
internal sealed class MedicationPlan(EncounterRecord record)
{
    private static readonly (string Drug, string Frequency, double Base, double Severity, double Support, double Brittle)[] Standing =
    [
        ("Acetaminophen", "Q6H:PRN", 1.2, 0, 0, 0), ("Heparin", "BID", 0.7, 0, 0.2, 0), ("Docusate Sodium", "BID", 0.2, 0, 0.1, 0), ("Senna", "BID:PRN", 0.1, 0, 0.1, 0),
        ("Bisacodyl", "DAILY:PRN", -0.8, 0, 0.4, 0), ("Polyethylene Glycol", "DAILY:PRN", -0.9, 0, 0.3, 0), ("Ondansetron", "Q8H:PRN", -0.6, 0, 0, 0.3),
        ("Sodium Chloride 0.9%  Flush", "Q8H:PRN", 1.5, 0, 0, 0), ("Pantoprazole", "Q24H", -0.9, 0.3, 0.3, 0), ("Insulin", "ASDIR", -0.7, 0.3, 0.1, 0.3), ("Dextrose 50%", "PRN", -1.0, 0.2, 0, 0.3),
        ("Glucagon", "Q15MIN:PRN", -1.2, 0.1, 0, 0.2), ("OxyCODONE (Immediate Release)", "Q4H:PRN", -1.0, 0, 0.2, 0.3), ("HYDROmorphone (Dilaudid)", "Q4H:PRN", -1.3, 0.1, 0.3, 0.3),
        ("Lorazepam", "Q6H:PRN", -2.0, 0, 0.1, 0.5), ("Ramelteon", "QHS:PRN", -2.0, 0, 0.2, 0.3), ("Albuterol 0.083% Neb Soln", "Q6H:PRN", -1.9, 0.3, 0.1, 0.4), ("Ipratropium-Albuterol Neb", "Q6H", -2.3, 0.3, 0.2, 0.4),
    ];

    private static readonly (string Drug, double PerDay)[] Repletion =
    [
        ("Potassium Chloride", 0.45), ("Magnesium Sulfate", 0.35), ("Calcium Gluconate", 0.12), ("Furosemide", 0.18), ("Insulin", 0.12), ("Neutra-Phos", 0.06), ("Potassium Phosphate", 0.08),
        ("Lactated Ringers", 0.18), ("0.9% Sodium Chloride", 0.25), ("Morphine Sulfate", 0.15), ("HYDROmorphone (Dilaudid)", 0.12), ("Metoprolol Tartrate", 0.07), ("Lorazepam", 0.06), ("Haloperidol", 0.03),
    ];

    private readonly Rng rng = record.Fork(40);
    private readonly Encounter encounter = record.Encounter;
    private readonly HashSet<string> running = new(StringComparer.OrdinalIgnoreCase);

    public void Plan()
    {
        if (!encounter.IsAdmitted)
            return;
        foreach (var drug in record.Patient.HomeDrugs)
        {
            if (rng.Chance(0.8))
                Start(drug, rng.Uniform(0.5, 7), null, drug.Frequency);
        }
        TreatConditions();
        var l = record.Latent;
        foreach (var (name, frequency, b, severity, support, brittle) in Standing)
        {
            if (Find(name) is { } drug && rng.Chance(OutcomeModel.Logistic(b + (severity * l.Severity) + (support * l.Support) + (brittle * l.Brittle))))
                Start(drug, rng.Uniform(0.2, 5), null, frequency);
        }
        // Reasons beyond the conditions of this record: what a large hospital's formulary is used for.
        foreach (var drug in record.Content.WardDrugs is { Count: > 0 } ward ? Enumerable.Range(0, rng.Poisson(1.2 + (0.5 * Math.Max(0, l.Support)))).Select(_ => rng.Pick(ward)).ToArray() : [])
            Start(drug, rng.Uniform(1, Math.Max(2, encounter.Course!.Hours * 0.6)), rng.Uniform(1, 4), drug.Frequency);
        Replete();
    }

    private Drug? Find(string name) => record.Content.DrugByName.GetValueOrDefault(name);

    private void TreatConditions()
    {
        foreach (var active in encounter.Acute.Concat(record.Patient.Chronic))
        {
            var chronic = active.Condition.IsChronic;
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind != "drug" || active.Severity < treatment.SeverityFrom || Find(treatment.Target) is not { } drug)
                    continue;
                if (!rng.Chance(treatment.Probability * (chronic ? 0.35 : 0.9)))
                    continue;
                var start = Math.Max(0.3, treatment.StartsAfterHours + rng.Uniform(-1, 4));
                Start(drug, start, treatment.Days > 0 ? treatment.Days * rng.Uniform(0.7, 1.3) : null, drug.Frequency);
            }
        }
    }

    private void Replete()
    {
        var l = record.Latent;
        foreach (var (name, perDay) in Repletion)
        {
            if (Find(name) is not { } drug)
                continue;
            var hour = 1.0;
            while (true)
            {
                var rate = perDay * Math.Exp((0.8 * l.Brittle) + (0.15 * l.Severity)) * (hour > 200 ? 0.4 : 1);
                hour += rng.Exponential(24 / rate);
                if (hour >= encounter.Course!.Hours)
                    break;
                Add(drug, hour, hour + 1.5, "ONCE", stopped: false);
            }
        }
    }

    private void Start(Drug drug, double hour, double? days, string frequency)
    {
        var end = encounter.Course!.Hours;
        if (hour >= end - 1 || !running.Add(drug.Name))
            return;
        var stop = DoseSchedule.IsOnce(frequency) ? hour + 1.5 : days is { } d ? Math.Min(end, hour + (24 * d)) : end;
        // Doses are changed: the order is stopped and written anew.
        for (var from = hour; from < stop;)
        {
            var until = Math.Min(stop, from + rng.Exponential(170) + 6);
            Add(drug, from, until, frequency, stopped: until < end && rng.Chance(0.8));
            from = until + 0.02;
            if (rng.Chance(0.4))
                break;
        }
    }

    private void Add(Drug drug, double from, double until, string frequency, bool stopped)
    {
        if (frequency.Length == 0)
            frequency = "DAILY";
        // The pharmacy starts drugs on the hour.
        var start = encounter.TimeAt(from);
        start += Clock.Hour - (start % Clock.Hour);
        var stop = Math.Max(start + (30 * Clock.Minute), Clock.WholeMinutes(Math.Min(encounter.DischargeTime, encounter.TimeAt(until))));
        var order = record.Place(new Order { Time = record.Session(encounter.TimeAt(from)), Type = "Medications", Provider = rng.Chance(0.02) ? "" : rng.Pick(Staff.Providers) });
        if (stopped)
        {
            var end = record.Place(new Order { Time = Math.Max(order.Time + Clock.Minute, record.Session(stop)), Type = "Medications", Transaction = rng.Chance(0.5) ? "D/C" : "Change", Provider = rng.Pick(Staff.Providers), Discontinues = order });
            order.DiscontinuedBy = end;
        }
        record.Medications.Add(new(drug, start, stop, order, frequency, stopped) { PharmacyId = record.Patient.Ids.NextOrder() });
    }
}
