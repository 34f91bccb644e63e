using System.Text;

namespace EhrR1.Hospital;

/// <summary>Writes imaging: orders, and reports that tell what the patient has.</summary>
internal sealed class ImagingWriter(EncounterRecord record)
{
    private static readonly Dictionary<string, string> Subtypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["XR"] = "General Xray", ["DX"] = "General Xray", ["CR"] = "General Xray", ["XRAY"] = "General Xray", ["X-ray"] = "General Xray", ["CT"] = "CT Scan", ["MR"] = "MRI", ["MRI"] = "MRI", ["US"] = "Ultrasound", ["Ultrasound"] = "Ultrasound", ["IR"] = "Interventional Radiology",
    };

    private readonly Rng rng = record.Fork(90);
    private readonly Encounter encounter = record.Encounter;
    private readonly List<(long Time, string Name, string Text)> reports = [];

    /// <summary>Reports of this encounter, in order of time, for the discharge note.</summary>
    public IReadOnlyList<(long Time, string Name, string Text)> Reports => reports;

    public void Write(ref int noteNumber)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var active in encounter.Acute.Concat(record.Patient.Chronic))
        {
            foreach (var treatment in record.Content.Treatments[active.Condition.Name])
            {
                if (treatment.Kind == "imaging" && active.Severity >= treatment.SeverityFrom && rng.Chance(treatment.Probability * (active.Condition.IsChronic ? 0.1 : 0.85)) && done.Add(treatment.Target))
                    Examine(treatment.Target, Math.Max(treatment.StartsAfterHours, 0) + rng.Uniform(0, 3), fromDoor: true);
            }
        }
        if (encounter.IsEmergency && !done.Contains("CHEST (PA & LAT)") && rng.Chance(OutcomeModel.Logistic(0.2 + (0.8 * record.Latent.Severity))))
            Examine(record.Latent.Severity > 0.6 ? "CHEST (PORTABLE AP)" : "CHEST (PA & LAT)", rng.Uniform(0.5, 3), fromDoor: true);
        if (encounter.IsAdmitted)
        {
            foreach (var episode in encounter.Course!.Icu)
            {
                for (var hour = episode.Start + rng.Uniform(0.3, 6); hour < episode.End; hour += rng.Exponential(26 * Math.Exp(-0.35 * record.Latent.Support)) + 4)
                    Examine("CHEST (PORTABLE AP)", hour, fromDoor: false);
            }
            for (var hour = rng.Exponential(70); hour < encounter.Course.Hours; hour += rng.Exponential(70 * Math.Exp(-0.3 * record.Latent.Support)) + 8)
                Examine(record.Content.Imaging.Count > 0 ? rng.Pick(record.Content.Imaging).Name : "", hour, fromDoor: false);
        }
        reports.Sort((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : string.CompareOrdinal(a.Name, b.Name));
        foreach (var (time, name, text) in reports)
            WriteReport(time, name, text, ++noteNumber);
    }

    private void Examine(string name, double hour, bool fromDoor)
    {
        var exam = record.Content.Imaging.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (exam is null)
            return;
        var origin = fromDoor && encounter.IsEmergency ? encounter.Start : encounter.AdmitTime;
        var time = Clock.WholeMinutes(origin + Clock.Hours(hour));
        if (time >= encounter.End - (10 * Clock.Minute))
            return;
        reports.Add((time, exam.Name, Text(exam, time)));
        if (encounter.IsAdmitted && time > encounter.AdmitTime + Clock.Hour)
            record.Place(new Order { Time = record.Session(time - Clock.Hour), Type = "Radiology", Subtype = Subtypes.GetValueOrDefault(exam.Modality, "General Xray"), Provider = rng.Pick(Staff.Providers) });
    }

    private string Text(ImagingExam exam, long time)
    {
        var strength = record.Body.General.At(record.HourOf(time));
        var findings = encounter.Acute.Where(a => a.Severity * strength > 0.2).Concat(record.Patient.Chronic)
            .Where(a => exam.Findings.ContainsKey(a.Condition.Name) && rng.Chance(a.Condition.IsChronic ? 0.5 : 0.92)).Select(a => exam.Findings[a.Condition.Name]).Distinct().ToArray();
        var text = new StringBuilder();
        text.Append("EXAMINATION:  ").Append(exam.Name).Append("\n\nINDICATION:  ").Append(record.Patient.Sex == "M" ? "Man" : "Woman").Append(" with ")
            .Append(encounter.Principal.Condition.Symptoms is { Count: > 0 } s ? rng.Pick(s) : encounter.Principal.Condition.Name).Append("  // evaluate for \"")
            .Append(encounter.Principal.Condition.Name).Append("\"\n\nTECHNIQUE:  ").Append(exam.Modality).Append(", standard protocol.\n\nCOMPARISON:  ___.\n\nFINDINGS: \n\n");
        if (findings.Length == 0)
            text.Append(exam.NormalText);
        else
            text.AppendJoin("  ", findings);
        text.Append("\n\nIMPRESSION: \n\n").Append(findings.Length == 0 ? "No acute abnormality." : string.Join("\n", findings.Select((f, i) => $"{i + 1}. {f}")));
        return text.ToString();
    }

    private void WriteReport(long time, string name, string text, int number)
    {
        var id = $"{record.Patient.SubjectId}-RR-{number}";
        record.Tables[Table.Radiology].Text(id).Int(record.Patient.SubjectId).Int(record.HadmId).Text("RR").Int(number).Time(time).Time(time + Clock.Hours(rng.Uniform(0.4, 9))).Text(text).End();
        var detail = record.Tables[Table.RadiologyDetail];
        detail.Text(id).Int(record.Patient.SubjectId).Text("exam_code").Text("X" + (text.Length % 900)).Int(1).End();
        detail.Text(id).Int(record.Patient.SubjectId).Text("exam_name").Text(name).Int(1).End();
    }
}
