namespace EhrR1.Hospital;

/// <summary>Writes what runs into an ICU patient: inputevents, and the fluids and electrolytes within them, ingredientevents.</summary>
internal sealed class InfusionWriter(IcuScope scope)
{
    // Chance and number a day as functions of severity, support and brittleness.
    private static readonly (string Label, string Order, bool Drip, double Base, double Severity, double Support, double Brittle, double PerDay)[] Usual =
    [
        ("Norepinephrine", "01-Drips", true, -1.7, 1.0, 0.2, 0, 3.5), ("Vasopressin", "01-Drips", true, -3.4, 0.9, 0.2, 0, 2), ("Phenylephrine", "01-Drips", true, -2.6, 0.6, 0.2, 0, 3), ("Epinephrine", "01-Drips", true, -4, 0.7, 0.2, 0, 2),
        ("Dopamine", "01-Drips", true, -4.2, 0.7, 0, 0, 2), ("Propofol", "01-Drips", true, -1.6, 0.1, 1.1, 0, 4), ("Fentanyl", "01-Drips", true, -1.6, 0.3, 0.9, 0, 4), ("Midazolam (Versed)", "01-Drips", true, -2.8, 0.3, 0.7, 0, 2.5),
        ("Dexmedetomidine (Precedex)", "01-Drips", true, -2.6, 0, 0.6, 0.4, 3), ("Insulin - Regular", "01-Drips", true, -1.9, 0.3, 0.1, 0.3, 3), ("Heparin Sodium", "01-Drips", true, -2.0, 0.2, 0.3, 0, 1.5), ("Amiodarone 600/500", "01-Drips", true, -3.2, 0.4, 0, 0, 1.5),
        ("Furosemide (Lasix)", "05-Med Bolus", false, -1.2, 0, 0.3, 0.6, 1.4), ("NaCl 0.9%", "02-Fluids (Crystalloids)", false, 2, 0.3, 0, 0, 4), ("Dextrose 5%", "02-Fluids (Crystalloids)", false, 1.4, 0.1, 0.2, 0, 3), ("LR", "02-Fluids (Crystalloids)", false, -0.8, 0.5, 0, 0, 1.5),
        ("Potassium Chloride", "02-Fluids (Crystalloids)", false, -0.5, 0, 0.2, 0.7, 1.5), ("Magnesium Sulfate", "05-Med Bolus", false, -0.3, 0, 0.2, 0.7, 1.1), ("Calcium Gluconate", "05-Med Bolus", false, -1.3, 0.5, 0.2, 0.3, 1), ("Morphine Sulfate", "05-Med Bolus", false, -1.4, 0.1, 0, 0.4, 1.8),
        ("Hydromorphone (Dilaudid)", "05-Med Bolus", false, -1.3, 0, 0.1, 0.5, 2), ("PO Intake", "14-Oral/Gastric Intake", false, 0.8, -0.5, -0.7, 0, 3), ("GT Flush", "14-Oral/Gastric Intake", false, -1.8, 0, 1.0, 0, 3), ("Gastric Meds", "14-Oral/Gastric Intake", false, -1.8, 0, 1.0, 0, 3), ("KCL (Bolus)", "05-Med Bolus", false, -0.9, 0, 0.1, 0.8, 1.4), ("Insulin - Humalog", "06-Insulin (Non IV)", false, -0.8, 0.1, 0.1, 0.5, 2.5), ("Acetaminophen-IV", "05-Med Bolus", false, -2, 0, 0.1, 0.2, 1.5), ("Nitroglycerin", "01-Drips", true, -3, 0, 0, 0, 2), ("Metoprolol", "05-Med Bolus", false, -2, 0, 0, 0.5, 1.2), ("Lorazepam (Ativan)", "05-Med Bolus", false, -2.4, 0, 0.1, 0.8, 1.2), ("Haloperidol (Haldol)", "05-Med Bolus", false, -3, 0, 0, 0.9, 1), ("Vancomycin", "08-Antibiotics (IV)", false, -0.8, 0.5, 0.2, 0, 1.5), ("Cefepime", "08-Antibiotics (IV)", false, -1.5, 0.5, 0.2, 0, 1.8),
        ("Piperacillin/Tazobactam (Zosyn)", "08-Antibiotics (IV)", false, -1.6, 0.5, 0.1, 0, 2.2), ("Cefazolin", "08-Antibiotics (IV)", false, -1.5, -0.2, 0, 0, 2), ("Packed Red Blood Cells", "07-Blood Products", false, -2.0, 0.6, 0.3, 0, 0.9), ("Albumin 5%", "04-Fluids (Colloids)", false, -2.3, 0.4, 0.3, 0, 0.9),
        ("Pantoprazole (Protonix)", "10-Prophylaxis (IV)", false, -1.2, 0.3, 0.4, 0, 1), ("Famotidine (Pepcid)", "10-Prophylaxis (IV)", false, -1.6, 0.1, 0.4, 0, 1.3), ("Heparin Sodium (Prophylaxis)", "11-Prophylaxis (Non IV)", false, 0.2, 0, 0.1, 0, 2), ("Pre-Admission/Non-ICU Intake", "16-Pre Admission/Non-ICU", false, -0.5, 0, 0, 0, 0.3),
        ("Piggyback", "02-Fluids (Crystalloids)", false, -0.9, 0.2, 0.3, 0.3, 1.5), ("Solution", "02-Fluids (Crystalloids)", false, -0.7, 0.2, 0.4, 0.2, 1.5),
    ];

    private readonly Rng rng = scope.Fork(130);
    private readonly EncounterRecord record = scope.Record;

    public void Write()
    {
        var items = record.Content.IcuInputs;
        foreach (var (label, order, drip, b, severity, support, brittle, perDay) in Usual)
        {
            if (items.TryGetValue(label, out var item) && rng.Chance(OutcomeModel.Logistic(b + (severity * record.Latent.Severity) + (support * (record.Latent.Support + (scope.Ventilated ? 0.4 : -0.2))) + (brittle * record.Latent.Brittle))))
                Give(item, order, drip, perDay * Math.Exp((0.4 * severity * record.Latent.Severity) + (0.5 * support * record.Latent.Support) + (0.5 * brittle * record.Latent.Brittle)), rng.Uniform(0, 4), scope.Hours);
        }
        foreach (var active in record.Encounter.Acute)
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "icu_item" && active.Severity >= treatment.SeverityFrom && items.TryGetValue(treatment.Target, out var item) && rng.Chance(treatment.Probability * 0.6))
                    Give(item, item.Category.Contains("Antibiotic", StringComparison.OrdinalIgnoreCase) ? "08-Antibiotics (IV)" : "05-Med Bolus", false, 1.5, treatment.StartsAfterHours * 0.3, scope.Hours);
            }
        }
        foreach (var item in items.Values)
        {
            if (rng.Chance(0.012))
                Give(item, "05-Med Bolus", false, 1, rng.Uniform(0, scope.Hours), scope.Hours);
        }
        if (scope.Has(IcuDevices.TubeFeed) && items.Values.Where(i => i.Category.Contains("Nutrition", StringComparison.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } feeds && rng.Chance(0.85))
            Give(rng.Pick(feeds), "13-Enteral Nutrition", true, 2, rng.Uniform(14, 40), scope.Hours);
    }

    private void Give(IcuItem item, string order, bool drip, double perDay, double from, double until)
    {
        // A drip is re-charted at each change of its rate and is weaned as the patient mends.
        var end = drip ? Math.Min(until, from + rng.LogNormal(26, 0.7) * Math.Exp(0.25 * record.Latent.Support)) : until;
        var link = record.Patient.Ids.NextOrder();
        var hour = from + (drip ? 0.2 : rng.Exponential(10 / perDay));
        var rate = Math.Max(0.05, rng.Normal(drip ? 30 : 100, 12));
        while (hour < end)
        {
            var length = drip ? Math.Min(Math.Max(rng.Exponential(22 / perDay), 0.25), end - hour + 0.1) : rng.Chance(0.5) ? 1.0 / 60 : rng.Uniform(0.25, 2);
            var start = scope.OnGrid(hour, Clock.Hour);
            var stop = Math.Min(Clock.WholeMinutes(start + Clock.Hours(length)) + Clock.Minute, scope.Stay.Out);
            if (stop <= start)
                break;
            Row(item, order, drip, start, stop, drip ? rate : null, link);
            rate = Math.Max(0.05, rate * Math.Exp(0.25 * rng.Normal()));
            hour += drip ? length : Math.Max(0.5, rng.Exponential(24 / perDay)) * (hour > 72 ? 1.8 : 1);
        }
    }

    private void Row(IcuItem item, string order, bool drip, long start, long stop, double? rate, long link)
    {
        var hours = (stop - start) / 3600.0;
        var unit = item.Unit.Length > 0 ? item.Unit : "mL";
        var amount = rate is { } r ? r * hours : item.Mean > 0 ? Math.Max(0.1, rng.Normal(item.Mean, item.Sd)) : Math.Round(rng.Uniform(0.5, 4)) * 50;
        var id = record.Patient.Ids.NextOrder();
        var fluid = order is "02-Fluids (Crystalloids)" or "01-Drips" or "08-Antibiotics (IV)" or "05-Med Bolus";
        var volume = fluid ? Math.Round(rng.Uniform(1, 10)) * 50 : 0;
        var status = drip ? (rng.Chance(0.55) ? "ChangeDose/Rate" : rng.Chance(0.8) ? "FinishedRunning" : "Paused") : rng.Chance(0.95) ? "FinishedRunning" : "Stopped";
        scope.Row(Table.InputEvents, rng).Time(start).Time(stop).Time(stop + rng.Below(1500)).Int(item.ItemId).Number(amount, 4).Text(unit).Number(rate, 4).Text(rate is null ? null : unit + "/hour")
            .Int(id).Int(link).Text(order).Text(drip ? "02-Fluids (Crystalloids)" : null).Text("Main order parameter").Text(drip ? "Continuous Med" : hours > 0.1 ? "Bolus" : "Drug Push")
            .Number(record.Patient.WeightKg, 1).Number(fluid ? volume : null, 0).Text(fluid ? "ml" : null).Int(0).Int(rng.Chance(0.02) ? 1 : 0).Text(status).Number(amount, 3).Number(rate ?? 1, 3).End();
        if (!fluid && order is not ("13-Enteral Nutrition" or "14-Oral/Gastric Intake" or "07-Blood Products"))
            return;
        WriteIngredient("Water", 0.8, volume);
        foreach (var (label, chance) in Within(item, order))
            WriteIngredient(label, chance, volume);

        void WriteIngredient(string label, double chance, double ml)
        {
            if (!record.Content.IcuIngredients.TryGetValue(label, out var ingredient) || !rng.Chance(chance))
                return;
            var part = Math.Max(1, ml);
            scope.Row(Table.IngredientEvents, rng).Time(start).Time(stop).Time(stop + rng.Below(1500)).Int(ingredient.ItemId).Number(part, 3).Text(ingredient.Unit.Length > 0 ? ingredient.Unit : "ml")
                .Number(rate is null ? null : part / Math.Max(0.1, hours), 3).Text(rate is null ? null : "mL/hour").Int(id).Int(link).Text(status).Int(0).Number(part, 0).End();
        }
    }

    private static IEnumerable<(string Label, double Chance)> Within(IcuItem item, string order)
    {
        if (order == "13-Enteral Nutrition")
            return [("Enteral Nutrition Ingredient", 1), ("Protein", 0.9), ("Calories", 0.9), ("Carbohydrates", 0.3), ("Calcium (ingr)", 0.2), ("Glucose (ingr)", 0.2)];
        if (order is "07-Blood Products")
            return [("Blood Ingredient", 0.95)];
        if (order is "14-Oral/Gastric Intake")
            return [("Oral/Gastric Ingredient", 0.95)];
        return item.Label.StartsWith("Dextrose", StringComparison.Ordinal) ? [("IVF ingredient", 0.5), ("Calories", 0.4), ("Glucose (ingr)", 0.3), ("Carbohydrates", 0.2)] : [("IVF ingredient", 0.2)];
    }
}
