namespace EhrR1.Hospital;

/// <summary>Writes what billing codes after discharge: diagnoses_icd, procedures_icd, drgcodes and hcpcsevents.</summary>
internal sealed class CodingWriter(EncounterRecord record)
{
    private readonly Rng rng = record.Fork(100);
    private readonly Encounter encounter = record.Encounter;

    /// <summary>The hospital went over to ICD-10 in the third of its year groups.</summary>
    public static int VersionOf(Patient patient) => patient.AnchorYearGroup[0..4] is "2008" or "2011" ? 9 : 10;

    public void Write()
    {
        if (!encounter.IsAdmitted)
            return;
        WriteDiagnoses();
        WriteProcedures();
        WriteGroups();
    }

    private void WriteDiagnoses()
    {
        var version = VersionOf(record.Patient);
        var codes = new List<string>();
        foreach (var active in encounter.Acute.Concat(record.Patient.Chronic))
        {
            var own = version == 10 ? active.Condition.Icd10 : active.Condition.Icd9;
            if (own.Count > 0 && (codes.Count == 0 || rng.Chance(0.93)))
                codes.Add(rng.Chance(0.7) ? own[0] : rng.Pick(own));
        }
        // Billing adds what is true of many: past illness, status, findings.
        var others = version == 10 ? record.Content.OtherDiagnoses10 : record.Content.OtherDiagnoses9;
        for (var i = rng.Poisson(4.5 + (1.2 * Math.Max(-1, record.Latent.Support)) + Math.Max(0, record.Patient.Burden)); i > 0 && others.Count > 0; i--)
            codes.Add(rng.Pick(others).Code);
        var table = record.Tables[Table.DiagnosesIcd];
        foreach (var (at, code) in codes.Distinct().Index())
            table.Int(record.Patient.SubjectId).Int(encounter.HadmId).Int(at + 1).Text(code).Int(version).End();
    }

    private void WriteProcedures()
    {
        var version = VersionOf(record.Patient);
        var table = record.Tables[Table.ProceduresIcd];
        var sequence = 0;
        foreach (var (code, time) in record.Procedures.DistinctBy(p => p.Code).OrderBy(p => p.Time))
        {
            var text = version == 10 ? code.Icd10 : code.Icd9;
            if (text.Length > 0)
                table.Int(record.Patient.SubjectId).Int(encounter.HadmId).Int(++sequence).Date(Math.Min(time, encounter.DischargeTime)).Text(text).Int(version).End();
        }
    }

    private void WriteGroups()
    {
        var name = encounter.Principal.Condition.Name;
        var level = (int)Math.Clamp(Math.Round(2.2 + (0.7 * record.Latent.Severity) + (0.3 * rng.Normal())), 1, 4);
        foreach (var group in record.Content.Hospital.Drg.GroupBy(d => d.Type))
        {
            var own = group.Where(d => d.Condition.Split(';').Any(c => c.Trim() == name)).ToArray();
            var all = own.Length > 0 ? own : [.. group];
            var chosen = rng.Pick(all);
            var apr = group.Key == "APR";
            record.Tables[Table.DrgCodes].Int(record.Patient.SubjectId).Int(encounter.HadmId).Text(group.Key).Text(chosen.Code).Text(chosen.Text)
                .Int(apr ? level : null).Int(apr ? Math.Clamp(level + rng.Below(2) - 1, 1, 4) : null).End();
        }
        if (rng.Chance(0.1) && record.Content.Hospital.Hcpcs is { Count: > 0 } codes)
        {
            var (code, text) = rng.Pick(codes);
            record.Tables[Table.HcpcsEvents].Int(record.Patient.SubjectId).Int(encounter.HadmId).Date(encounter.AdmitTime).Text(code).Int(1).Text(text).End();
        }
    }
}
