namespace EhrR1.Hospital;

/// <summary>Writes what happens in the emergency department: triage, repeated vital signs, drugs from home, drugs from the cabinet and diagnoses.</summary>
internal sealed class EdWriter(EncounterRecord record)
{
    private static readonly string[] Cabinet = ["Acetaminophen", "Ondansetron", "Morphine Sulfate", "Ketorolac", "Aspirin", "0.9% Sodium Chloride", "Lorazepam", "HYDROmorphone (Dilaudid)", "Metoclopramide", "Ipratropium-Albuterol Neb", "Vancomycin", "CefTRIAXone", "Piperacillin-Tazobactam", "Azithromycin", "Furosemide", "Magnesium Sulfate", "Potassium Chloride"];
    private readonly Rng rng = record.Fork(70);
    private readonly Encounter encounter = record.Encounter;
    private readonly Patient patient = record.Patient;

    public void Write()
    {
        if (!encounter.IsEmergency)
            return;
        WriteTriage();
        WriteVitals();
        WriteHomeDrugs();
        WriteCabinet();
        WriteDiagnoses();
    }

    private void WriteTriage()
    {
        var l = record.Latent;
        var table = record.Tables[Table.Triage];
        var complaints = encounter.Principal.Condition.ChiefComplaints;
        var complaint = complaints.Count == 0 ? "UNKNOWN-CC" : complaints.Count > 1 && rng.Chance(0.35) ? string.Join(", ", complaints.OrderBy(_ => rng.Uniform()).Take(2)) : rng.Pick(complaints);
        table.Int(patient.SubjectId).Int(encounter.EdStayId);
        if (rng.Chance(0.03))
            table.None(8).Text(complaint).End();
        else
        {
            record.FirstVitals = Vitals(table, record.HourOf(encounter.Start), missing: 0.02);
            var acuity = (int)Math.Clamp(Math.Round(2.75 - (0.5 * l.Severity) + (0.55 * rng.Normal())), 1, 5);
            table.Text(Pain()).Number(rng.Chance(0.02) ? null : acuity, 0).Text(complaint).End();
        }
    }

    private void WriteVitals()
    {
        var l = record.Latent;
        var hours = (encounter.EdOut - encounter.Start) / 3600.0;
        // The ill and the unsteady are looked at more often.
        var step = 1.75 * Math.Exp(-(0.22 * l.Severity) - (0.5 * l.Brittle));
        var table = record.Tables[Table.VitalSign];
        for (var hour = rng.Uniform(0.1, 0.8); hour < hours; hour += Math.Max(0.25, step * rng.Uniform(0.6, 1.4)))
        {
            var time = Clock.WholeMinutes(encounter.Start + Clock.Hours(hour));
            table.Int(patient.SubjectId).Int(encounter.EdStayId).Time(time);
            Vitals(table, record.HourOf(time), missing: 0.06);
            table.Text(rng.Chance(0.05) ? Rhythm() : null).Text(rng.Chance(0.3) ? null : Pain()).End();
        }
    }

    private string Rhythm() => patient.Chronic.Any(c => c.Condition.Name.Contains("fibrillation", StringComparison.OrdinalIgnoreCase)) && rng.Chance(0.6)
        ? "Atrial Fibrillation" : rng.Chance(OutcomeModel.Logistic(-1 + (0.6 * record.Latent.Severity))) ? "Sinus Tachycardia" : "Sinus Rhythm";

    private double?[] Vitals(TableBuffer table, double hour, double missing)
    {
        var values = new double?[VitalSign.All.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rng.Chance(i == 0 ? missing * 4 : missing) ? null : Math.Round(record.Body.Vital(i, hour), VitalSign.All[i].Decimals);
            table.Number(values[i], VitalSign.All[i].Decimals);
        }
        return values;
    }

    private string? Pain() => rng.Uniform() switch
    {
        < 0.05 => null,
        < 0.07 => "unable",
        < 0.08 => "UA",
        _ => Math.Clamp((int)Math.Round(3 + (1.4 * record.Latent.Brittle) + (2.8 * rng.Normal())), 0, 10).ToString(),
    };

    private void WriteHomeDrugs()
    {
        if (rng.Chance(0.06))
            return;
        var time = encounter.Start + (rng.Below(100) * Clock.Minute);
        var table = record.Tables[Table.MedRecon];
        foreach (var drug in patient.HomeDrugs)
        {
            if (rng.Chance(0.05))
                continue;
            var free = rng.Chance(0.05);
            // One drug may stand in several classes of the vendor's knowledge base: a row each.
            var rows = rng.Chance(0.18) ? 2 : 1;
            for (var row = 1; row <= rows; row++)
            {
                table.Int(patient.SubjectId).Int(encounter.EdStayId).Time(time).Text(free ? "*" + drug.EdName.ToLowerInvariant() : drug.EdName.ToLowerInvariant()).Text(free || drug.Gsn.Length == 0 ? "0" : drug.Gsn)
                    .Text(free || drug.Ndc.Length == 0 ? "0" : drug.Ndc).Int(row).Text(free ? null : (2000 + (Math.Abs(Hash(drug.AtcClass)) % 4000) + row).ToString("00000000")).Text(free ? null : drug.AtcClass).End();
            }
        }
    }

    private static int Hash(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)) & 0x7FFFFFFF;

    private void WriteCabinet()
    {
        var l = record.Latent;
        var wanted = new List<Drug>();
        foreach (var active in encounter.Acute)
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "drug" && treatment.StartsAfterHours <= 4 && active.Severity >= treatment.SeverityFrom
                    && record.Content.DrugByName.TryGetValue(treatment.Target, out var drug) && rng.Chance(treatment.Probability * 0.55))
                    wanted.Add(drug);
            }
        }
        for (var i = rng.Poisson(1.4 * Math.Exp((0.3 * l.Severity) + (0.7 * l.Brittle))); i > 0; i--)
        {
            if (record.Content.DrugByName.TryGetValue(rng.Pick(Cabinet), out var drug))
                wanted.Add(drug);
        }
        if (rng.Chance(0.25) && record.Content.EdDrugs.Count > 0)
            wanted.Add(rng.Pick(record.Content.EdDrugs));
        var times = wanted.Select(_ => encounter.Start + Clock.Hours(rng.Uniform(0.5, Math.Max(0.8, ((encounter.EdOut - encounter.Start) / 3600.0) - 0.2)))).Order().ToArray();
        var table = record.Tables[Table.Pyxis];
        for (var i = 0; i < wanted.Count; i++)
        {
            var rows = rng.Chance(0.12) ? 2 : 1;
            for (var row = 1; row <= rows; row++)
                table.Int(patient.SubjectId).Int(encounter.EdStayId).Time(Clock.WholeMinutes(times[i])).Int(i + 1).Text(wanted[i].EdName).Int(row).Text(wanted[i].Gsn.Length == 0 ? null : wanted[i].Gsn).End();
        }
    }

    private void WriteDiagnoses()
    {
        var table = record.Tables[Table.EdDiagnosis];
        var version = CodingWriter.VersionOf(patient);
        var sequence = 0;
        foreach (var active in encounter.Acute.Take(2).Concat(patient.Chronic.Where(_ => rng.Chance(0.22)).Take(3)))
        {
            var codes = version == 10 ? active.Condition.Icd10 : active.Condition.Icd9;
            if (codes.Count == 0 || (sequence > 0 && !active.Condition.IsChronic && rng.Chance(0.3)))
                continue;
            var code = rng.Chance(0.75) ? codes[0] : rng.Pick(codes);
            var title = record.Content.TitleOf.GetValueOrDefault((code, version), active.Condition.Name);
            table.Int(patient.SubjectId).Int(encounter.EdStayId).Int(++sequence).Text(code).Int(version).Text(version == 9 ? title.ToUpperInvariant() : title).End();
        }
    }
}
