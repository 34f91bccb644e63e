namespace EhrR1.Hospital;

/// <summary>Writes the doses given at the bedside: emar and emar_detail, at medication rounds and by need.</summary>
internal sealed class AdministrationWriter(EncounterRecord record, OrderBook book)
{
    private readonly Rng rng = record.Fork(60);
    private readonly Encounter encounter = record.Encounter;

    public void Write()
    {
        if (!encounter.IsAdmitted || !record.Patient.HasEmar)
            return;
        var doses = new List<(long Time, int Course)>();
        var times = new List<long>();
        for (var at = 0; at < record.Medications.Count; at++)
        {
            var course = record.Medications[at];
            DoseSchedule.Times(course.Frequency, course.Start, course.Stop, NeedADay(course), rng, times);
            // What anaesthesia and the ICU give by hand is not scanned each time.
            foreach (var time in times)
            {
                if (rng.Chance(record.InIcu(time) ? 0.6 : 0.85))
                    doses.Add((time, at));
            }
        }
        foreach (var (time, at) in doses.OrderBy(d => d.Time).ThenBy(d => d.Course))
            WriteDose(time, record.Medications[at]);
    }

    // A nurse gives all that is due at one round together.
    private long RoundDelay(long due) => (long)(record.Fork(61).Fork((int)(due / Clock.Hour)).Normal(6, 22) * 60);

    private double NeedADay(MedicationCourse course)
    {
        var flush = course.Drug.Name.Contains("Flush", StringComparison.OrdinalIgnoreCase);
        return (flush ? 1.6 : 0.55) * Math.Exp((0.65 * record.Latent.Brittle) + (flush ? 0.25 * record.Latent.Support : 0));
    }

    private void WriteDose(long due, MedicationCourse course)
    {
        var patient = record.Patient;
        var drug = course.Drug;
        var sequence = ++patient.EmarSequence;
        var given = DoseSchedule.IsByNeed(course.Frequency) ? due : due + RoundDelay(due);
        given = Clock.WholeMinutes(Math.Clamp(given, course.Start, Math.Max(course.Start, course.Stop)));
        var flush = drug.Name.Contains("Flush", StringComparison.OrdinalIgnoreCase);
        var text = rng.Uniform() switch
        {
            < 0.86 => flush ? "Flushed" : drug.Form.Contains("PATCH", StringComparison.OrdinalIgnoreCase) ? "Applied" : "Administered",
            < 0.93 => flush ? "Not Flushed" : drug.Name.StartsWith("Insulin", StringComparison.Ordinal) ? "Not Given per Sliding Scale" : "Not Given",
            < 0.96 => "Delayed Administered",
            < 0.985 => "Confirmed",
            < 0.99 => null,
            _ => "Hold Dose",
        };
        var id = $"{patient.SubjectId}-{sequence}";
        record.Tables[Table.Emar].Int(patient.SubjectId).Int(rng.Chance(0.03) ? null : encounter.HadmId).Text(id).Int(sequence).Text(book.Id(course.Order))
            .Int(rng.Chance(0.15) ? null : course.PharmacyId).Text(rng.Chance(0.08) ? rng.Pick(Staff.Providers) : null).Time(given).Text(rng.Chance(0.03) ? null : drug.Name)
            .Text(text).Time(due).Time(given + rng.Below(1500)).End();
        var detail = record.Tables[Table.EmarDetail];
        detail.Int(patient.SubjectId).Text(id).Int(sequence).None().Text(flush ? "IV Flush" : "Standard Maintenance Medication").None(28).End();
        if (rng.Chance(0.9))
        {
            detail.Int(patient.SubjectId).Text(id).Int(sequence).Text("1.1").None().Int(course.PharmacyId).Text("if").None(2).Text(drug.Dose).Text(drug.Unit).Text(drug.Dose).Text(drug.Unit)
                .None().Text("1").Text(drug.Form).Text(drug.Ndc).Text(drug.Name).None(6).Text(drug.Route).None(8).End();
        }
    }
}
