namespace EhrR1.Hospital;

/// <summary>Registers an encounter: edstays, admissions, transfers, services and icustays.</summary>
internal sealed class StayWriter(EncounterRecord record)
{
    private readonly Rng rng = record.Fork(10);
    private readonly Encounter encounter = record.Encounter;
    private readonly Patient patient = record.Patient;

    public IReadOnlyList<IcuStay> Write()
    {
        if (encounter.IsEmergency)
            WriteEdStay();
        if (!encounter.IsAdmitted)
        {
            WriteTransfer(null, "ED", "Emergency Department", encounter.Start, encounter.EdOut);
            return [];
        }
        WriteAdmission();
        WriteServices();
        return WriteTransfers();
    }

    private void WriteEdStay()
    {
        var disposition = encounter.IsAdmitted ? (rng.Chance(0.02) ? "TRANSFER" : "ADMITTED")
            : rng.Uniform() switch { < 0.90 => "HOME", < 0.93 => "TRANSFER", < 0.96 => "LEFT AGAINST MEDICAL ADVICE", < 0.98 => "ELOPED", _ => "OTHER" };
        record.Tables[Table.EdStays].Int(patient.SubjectId).Int(record.HadmId).Int(encounter.EdStayId).Time(encounter.Start).Time(encounter.EdOut)
            .Text(patient.Sex).Text(patient.Race)
            .Text(rng.Chance(OutcomeModel.Logistic(-0.1 + (0.5 * record.Latent.Severity))) ? "AMBULANCE" : rng.Chance(0.08) ? "UNKNOWN" : "WALK IN").Text(disposition).End();
    }

    private void WriteAdmission()
    {
        var (type, location) = encounter.Kind switch
        {
            EncounterKind.Emergency => (rng.Uniform() switch { < 0.68 => "EW EMER.", < 0.9 => "OBSERVATION ADMIT", _ => "EU OBSERVATION" }, rng.Chance(0.9) ? "EMERGENCY ROOM" : "WALK-IN/SELF REFERRAL"),
            EncounterKind.Direct => (rng.Chance(0.7) ? "URGENT" : "DIRECT EMER.", rng.Uniform() switch { < 0.6 => "TRANSFER FROM HOSPITAL", < 0.75 => "CLINIC REFERRAL", < 0.85 => "TRANSFER FROM SKILLED NURSING FACILITY", _ => "PHYSICIAN REFERRAL" }),
            _ => (rng.Chance(0.6) ? "SURGICAL SAME DAY ADMISSION" : "ELECTIVE", rng.Chance(0.92) ? "PHYSICIAN REFERRAL" : "PROCEDURE SITE"),
        };
        record.Tables[Table.Admissions].Int(patient.SubjectId).Int(encounter.HadmId).Time(encounter.AdmitTime).Time(encounter.DischargeTime)
            .Time(encounter.Died ? encounter.DischargeTime : null).Text(type).Text(rng.Pick(Staff.Providers)).Text(location).Text(DischargeLocation())
            .Text(patient.Insurance).Text(patient.Language).Text(rng.Chance(0.04) ? null : patient.MaritalStatus).Text(patient.Race)
            .Time(encounter.IsEmergency ? encounter.Start : null).Time(encounter.IsEmergency ? encounter.EdOut : null).Int(encounter.Died ? 1 : 0).End();
    }

    private string? DischargeLocation()
    {
        if (encounter.Died)
            return "DIED";
        var need = (0.5 * record.Latent.Support) + (0.5 * patient.Frailty) + (0.35 * record.Latent.Brittle) + (0.6 * rng.Normal());
        return need switch
        {
            > 2.1 => "CHRONIC/LONG TERM ACUTE CARE",
            > 1.2 => "SKILLED NURSING FACILITY",
            > 1.0 => "REHAB",
            > 0.1 => "HOME HEALTH CARE",
            > -1.1 => "HOME",
            _ => rng.Chance(0.05) ? "AGAINST ADVICE" : rng.Chance(0.5) ? null : "HOME",
        };
    }

    private void WriteServices()
    {
        var service = encounter.Principal.Condition.Service is { Length: > 0 } own ? own : "MED";
        var first = encounter.AdmitTime + rng.Below(90);
        var services = record.Tables[Table.Services];
        services.Int(patient.SubjectId).Int(encounter.HadmId).Time(first).None().Text(service).End();
        if (encounter.Course!.Hours > 30 && rng.Chance(0.13))
        {
            var second = record.Content.Hospital.Services is { Count: > 1 } all ? rng.Pick(all) : "SURG";
            if (second != service)
                services.Int(patient.SubjectId).Int(encounter.HadmId).Time(encounter.TimeAt(rng.Uniform(8, encounter.Course.Hours * 0.7))).Text(service).Text(second).End();
        }
    }

    private List<IcuStay> WriteTransfers()
    {
        var stays = new List<IcuStay>();
        var surgical = encounter.Principal.Condition.IsSurgical;
        if (encounter.IsEmergency)
            WriteTransfer(encounter.HadmId, "ED", "Emergency Department", encounter.Start, encounter.EdOut);
        var ward = Unit("ward");
        var time = encounter.AdmitTime;
        var type = "admit";
        if (encounter.Kind == EncounterKind.Elective && surgical)
        {
            var end = Math.Min(time + Clock.Hours(rng.Uniform(1.5, 4)), encounter.Course!.Icu.Count > 0 ? encounter.TimeAt(encounter.Course.Icu[0].Start) : long.MaxValue);
            WriteTransfer(encounter.HadmId, type, "PACU", time, end);
            (time, type) = (end, "transfer");
        }
        foreach (var episode in encounter.Course!.Icu)
        {
            var start = encounter.TimeAt(episode.Start) + rng.Below(60);
            if (start - time > 20 * Clock.Minute)
            {
                WriteTransfer(encounter.HadmId, type, ward, time, start);
                type = "transfer";
            }
            var end = episode.End >= encounter.Course.Hours ? encounter.DischargeTime : encounter.TimeAt(episode.End) + rng.Below(60);
            var stay = new IcuStay(patient.Ids.NextStay(), stays.Count, Unit("icu"), start, end);
            stays.Add(stay);
            record.Tables[Table.Transfers].Int(patient.SubjectId).Int(encounter.HadmId).Int(stay.StayId).Text(type).Text(stay.Unit).Time(start).Time(end).End();
            record.Tables[Table.IcuStays].Int(patient.SubjectId).Int(encounter.HadmId).Int(stay.StayId).Text(stay.Unit).Text(stay.Unit).Time(start).Time(end)
                .Number((end - start) / (double)Clock.Day, 6).End();
            (time, type) = (end, "transfer");
        }
        while (encounter.DischargeTime - time > 30 * Clock.Minute)
        {
            var moves = encounter.DischargeTime - time > 20 * Clock.Hour && rng.Chance(0.4);
            var end = moves ? time + (long)((encounter.DischargeTime - time) * rng.Uniform(0.15, 0.8)) : encounter.DischargeTime;
            WriteTransfer(encounter.HadmId, type, ward, time, end);
            (time, type, ward) = (end, "transfer", Unit("ward"));
        }
        WriteTransfer(encounter.HadmId, "discharge", null, encounter.DischargeTime, null);
        return stays;
    }

    private string Unit(string kind)
    {
        var service = encounter.Principal.Condition.Service;
        var units = record.Content.Hospital.CareUnits.Where(u => u.Kind == kind).ToArray();
        var fitting = units.Where(u => u.Services.Contains(service)).ToArray();
        if (fitting.Length == 0 || rng.Chance(0.2))
            fitting = units;
        return fitting.Length == 0 ? "Medicine" : new Weighted<string>(fitting.Select(u => (u.Name, u.Weight))).Draw(rng);
    }

    private void WriteTransfer(long? hadm, string type, string? unit, long start, long? end) =>
        record.Tables[Table.Transfers].Int(patient.SubjectId).Int(hadm).Int(patient.Ids.NextStay()).Text(type).Text(unit).Time(start).Time(end).End();
}
