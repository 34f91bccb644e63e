namespace EhrR1.Hospital;

/// <summary>Writes cultures and other microbiology tests: taken for infections and fevers, known after days, now and then without the time of day.</summary>
internal sealed class MicrobiologyWriter(EncounterRecord record)
{
    private readonly Rng rng = record.Fork(80);
    private readonly Encounter encounter = record.Encounter;

    public void Write()
    {
        if (record.Content.Microbiology.Count == 0)
            return;
        foreach (var active in encounter.Acute)
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "micro" && active.Severity >= treatment.SeverityFrom && rng.Chance(treatment.Probability * 0.75))
                    Take(treatment.Target, rng.Uniform(-3, 3), growth: 0.22);
            }
        }
        if (!encounter.IsAdmitted)
            return;
        Several("Blood Culture, Routine", 0.03 * Math.Exp(0.5 * record.Latent.Severity));
        Several("URINE CULTURE", 0.04 * Math.Exp(0.3 * record.Latent.Severity));
        Several("MRSA SCREEN", 0.02);
        for (var i = rng.Poisson(0.2); i > 0; i--)
            Report(rng.Pick(record.Content.Microbiology), rng.Uniform(0, encounter.Course!.Hours), 0.1);
    }

    private void Several(string test, double perDay)
    {
        for (var hour = rng.Exponential(24 / perDay); hour < encounter.Course!.Hours; hour += rng.Exponential(24 / perDay))
            Take(test, hour, 0.1);
    }

    private void Take(string name, double hour, double growth)
    {
        var tests = record.Content.Microbiology.Where(t => t.TestName.Equals(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (tests.Length > 0)
            Report(rng.Pick(tests), hour, growth);
    }

    private void Report(MicrobiologyTest test, double hour, double growth)
    {
        var start = encounter.IsEmergency ? encounter.Start : encounter.AdmitTime;
        var origin = encounter.IsAdmitted ? encounter.AdmitTime : encounter.EdOut;
        var time = Clock.WholeMinutes(Math.Clamp(origin + Clock.Hours(hour), start + (10 * Clock.Minute), encounter.End - Clock.Minute));
        var untimed = rng.Chance(0.06);
        var stored = time + Clock.Hours(Math.Max(6, rng.Normal(66, 22)));
        var specimen = record.Patient.Ids.NextSpecimen();
        var hadm = rng.Chance(0.04) ? null : record.HadmId;
        if (test.Organisms.Count == 0 || !rng.Chance(growth))
        {
            Start(test, specimen, hadm, untimed ? null : time, time, stored).None(2).None(8).Text(rng.Chance(0.2) ? "___" : test.TestName.Contains("SCREEN", StringComparison.Ordinal) ? "No organism isolated." : "NO GROWTH.").End();
            return;
        }
        var organism = test.Organisms.Draw(rng);
        var resistant = rng.Chance(0.3);
        foreach (var antibiotic in test.Antibiotics.Count == 0 ? [""] : test.Antibiotics.Where(_ => rng.Chance(0.8)).DefaultIfEmpty(""))
        {
            var row = Start(test, specimen, hadm, untimed ? null : time, time, stored).Int(80_000 + (Hash(organism) % 900)).Text(organism).Int(1).None();
            if (antibiotic.Length == 0)
                row.None(6).Text(null).End();
            else
            {
                var r = rng.Chance(resistant ? 0.45 : 0.1);
                var dilution = r ? 16 : new[] { 0.25, 0.5, 1, 2 }[rng.Below(4)];
                row.Int(90_000 + (Hash(antibiotic) % 90)).Text(antibiotic).Text(r ? ">=16" : $"<={dilution}").Text(r ? ">=" : "<=").Number(dilution, 2).Text(r ? "R" : rng.Chance(0.05) ? "I" : "S").None().End();
            }
        }
    }

    private TableBuffer Start(MicrobiologyTest test, long specimen, long? hadm, long? time, long day, long stored) =>
        record.Tables[Table.MicrobiologyEvents].Int(record.Patient.Ids.NextRow()).Int(record.Patient.SubjectId).Int(hadm).Int(specimen).None()
            .Time(Clock.StartOfDay(day)).Time(time).Int(test.SpecimenItemId).Text(test.Specimen).Int(1).Time(Clock.StartOfDay(stored)).Time(stored).Int(test.TestItemId).Text(test.TestName);

    private static int Hash(string text) => text.Aggregate(7, (hash, letter) => unchecked((hash * 33) + letter)) & 0x7FFFFFFF;
}
