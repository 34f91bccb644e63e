namespace EhrR1.Hospital;

/// <summary>Writes what the pharmacy does with the orders for drugs: pharmacy and prescriptions.</summary>
internal sealed class MedicationWriter(EncounterRecord record, OrderBook book)
{
    private static readonly (string Name, string Code, string Ndc)[] Carriers =
    [
        ("0.9% Sodium Chloride", "NS100", "00338004938"), ("5% Dextrose", "D5W100", "00338001738"), ("Iso-Osmotic Dextrose", "ISO50", "0"), ("Bag", "BAG50", "0"), ("Sterile Water", "SW100", "00338000304"),
        ("0.9% Sodium Chloride (Mini Bag Plus)", "NSMBP100", "00338055318"),
    ];

    private readonly Rng rng = record.Fork(50);
    private readonly Encounter encounter = record.Encounter;

    public void Write()
    {
        foreach (var course in record.Medications)
        {
            WritePharmacy(course);
            WritePrescription(course);
        }
    }

    private void WritePharmacy(MedicationCourse course)
    {
        var drug = course.Drug;
        // One pharmacist works through the orders of a session.
        var entered = course.Order.Time + (4 * Clock.Minute);
        var status = course.Stop >= encounter.DischargeTime - Clock.Hour ? "Discontinued via patient discharge"
            : !course.IsStoppedByOrder ? "Expired" : course.Order.DiscontinuedBy?.Transaction == "Change" ? "Inactive (Due to a change order)" : "Discontinued";
        var infusion = course.Frequency is "INFUSION" or "CONTINUOUS" or "TITRATE TO";
        record.Tables[Table.Pharmacy].Int(record.Patient.SubjectId).Int(encounter.HadmId).Int(course.PharmacyId).Text(book.Id(course.Order))
            .Time(course.Start).Time(rng.Chance(0.01) ? null : course.Stop).Text(rng.Chance(0.06) ? null : drug.Name)
            .Text(infusion ? "IV Large Volume" : drug.IsIntravenous && Carried(drug) ? "IV Piggyback" : "Unit Dose").Text(status)
            .Time(entered).Time(entered + rng.Below(2400)).Text(drug.Route).Text(course.Frequency).Text(Blank(DoseSchedule.Rounds(course.Frequency)))
            .Text(infusion ? "C" : null).Text(drug.Name.StartsWith("Insulin", StringComparison.Ordinal) ? "Y" : null).None(3)
            .Number(Doses(course.Frequency), 1).Int(DoseSchedule.IsOnce(course.Frequency) ? 1 : null).Text(DoseSchedule.IsOnce(course.Frequency) ? "Doses" : "Ongoing")
            .Int(drug.IsIntravenous ? 36 : 365).Text(drug.IsIntravenous ? "Hours" : "Days").None().Text(drug.IsIntravenous ? "IV MED" : "Omnicell").None().End();
    }

    private void WritePrescription(MedicationCourse course)
    {
        var drug = course.Drug;
        WriteLine(course, "MAIN", drug.Name, Code(drug), Gsn(drug), rng.Chance(0.07) ? "0" : drug.Ndc, drug.Strength, Dose(drug), drug.Unit, drug.Form);
        if (drug.IsIntravenous && (Carried(drug) || rng.Chance(0.25)))
        {
            var (name, code, ndc) = rng.Pick(Carriers);
            WriteLine(course, "BASE", name, code, null, ndc, "100mL Bag", "100", "mL", "BAG");
        }
        if (rng.Chance(0.002))
            record.Tables[Table.Prescriptions].RepeatLastRow();
    }

    private void WriteLine(MedicationCourse course, string type, string name, string code, string? gsn, string ndc, string strength, string dose, string unit, string form) =>
        record.Tables[Table.Prescriptions].Int(record.Patient.SubjectId).Int(encounter.HadmId).Int(course.PharmacyId).Text(book.Id(course.Order)).Int(course.Order.Sequence)
            .Text(Blank(course.Order.Provider)).Time(course.Start).Time(course.Stop).Text(type).Text(name).Text(code).Text(gsn).Text(ndc.Length == 0 ? "0" : ndc)
            .Text(strength).None().Text(dose).Text(unit).Number(1, 0).Text(form).Number(Doses(course.Frequency), 1).Text(course.Drug.Route).End();

    // Some cells hold the codes of several packings; a few hold none.
    private string? Gsn(Drug drug) => drug.Gsn.Length == 0 || rng.Chance(0.04) ? null : rng.Chance(0.05) ? $"{drug.Gsn} {rng.Pick(record.Content.Drugs).Gsn}".Trim() : drug.Gsn;

    private string Dose(Drug drug) => rng.Chance(0.1) && double.TryParse(drug.Dose, out var dose) ? (dose * (rng.Chance(0.5) ? 2 : 0.5)).ToString() : drug.Dose;

    private static bool Carried(Drug drug) => drug.Form.Contains("BAG", StringComparison.OrdinalIgnoreCase) || drug.Form.Contains("PIGGY", StringComparison.OrdinalIgnoreCase);

    private static double? Doses(string frequency) => DoseSchedule.DosesADay(frequency) is > 0 and var doses ? doses : null;

    private static string Code(Drug drug)
    {
        var letters = new string([.. drug.Name.Where(char.IsAsciiLetter).Take(4)]).ToUpperInvariant();
        var digits = new string([.. drug.Dose.Where(char.IsAsciiDigit).Take(3)]);
        return letters + digits;
    }

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
