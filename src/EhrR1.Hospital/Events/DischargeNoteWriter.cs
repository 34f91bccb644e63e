using System.Text;

namespace EhrR1.Hospital;

/// <summary>Writes the discharge note: the history that is known at admission, then what the stay's own rows say.</summary>
/// <remarks>It carries 00:00 of the day of discharge as its time and is stored later, as in MIMIC-IV-Note.</remarks>
internal sealed class DischargeNoteWriter(EncounterRecord record)
{
    private static readonly string[] Homes = ["Lives with spouse.", "Lives alone.", "Lives with family.", "Retired; lives at ___.", "Resides in a nursing facility.", "Lives with daughter, \"independent in ADLs\"."];
    private static readonly string[] Habits = ["Denies tobacco, alcohol or drug use.", "Former smoker, quit ___ years ago.", "Current smoker, 1 pack a day.", "Drinks alcohol socially.", "History of alcohol use; denies drugs."];
    private static readonly string[] Kin = ["Father with coronary disease.", "Mother with diabetes.", "Non-contributory.", "Sister with breast cancer.", "No family history of sudden death, clots or bleeding.", "Unknown."];
    private readonly Rng rng = record.Fork(150);
    private readonly Encounter encounter = record.Encounter;
    private readonly Patient patient = record.Patient;
    private readonly StringBuilder text = new();

    public void Write(IReadOnlyList<(long Time, string Name, string Text)> reports, int number)
    {
        Head();
        History();
        Examination();
        Results(reports);
        Course();
        Leaving();
        var id = $"{patient.SubjectId}-DS-{number}";
        var day = Clock.StartOfDay(encounter.DischargeTime);
        record.Tables[Table.Discharge].Text(id).Int(patient.SubjectId).Int(encounter.HadmId).Text("DS").Int(number).Time(day)
            .Time(encounter.DischargeTime + Clock.Hours(rng.Uniform(1, 60))).Text(text.ToString()).End();
        record.Tables[Table.DischargeDetail].Text(id).Int(patient.SubjectId).Text("author").Text("___").Int(1).End();
    }

    private void Section(string heading, string body) => text.Append(heading).Append(":\n").Append(body).Append("\n\n");

    private void Head()
    {
        text.Append(" \nName:  ___                    Unit No:   ___\n \nAdmission Date:  ___              Discharge Date:   ___\n \nDate of Birth:  ___             Sex:   ").Append(patient.Sex).Append("\n \n");
        text.Append("Service: ").Append(encounter.Principal.Condition.IsSurgical ? "SURGERY" : "MEDICINE").Append("\n \n");
        Section("Allergies", string.Join(" / ", patient.Allergies));
        text.Append("Attending: ___\n\n");
        Section("Chief Complaint", encounter.Principal.Condition.ChiefComplaints is { Count: > 0 } c ? rng.Pick(c) : encounter.Principal.Condition.Name);
        var procedures = record.Procedures.Select(p => p.Code.Title10.Length > 0 ? p.Code.Title10 : p.Code.Title9).Distinct().Take(4).ToArray();
        Section("Major Surgical or Invasive Procedure", procedures.Length == 0 ? "None" : string.Join("\n", procedures));
    }

    private void History()
    {
        var principal = encounter.Principal.Condition;
        var past = patient.Chronic.Select(c => c.Condition.Name).ToArray();
        var age = patient.AgeAt(encounter.Start);
        var symptoms = principal.Symptoms.OrderBy(_ => rng.Uniform()).Take(3).ToArray();
        var story = new StringBuilder();
        story.Append(age > 89 ? "___" : age.ToString()).Append(patient.IsMale ? " year old man" : " year old woman").Append(past.Length == 0 ? "" : " with history of " + string.Join(", ", past.Take(4)))
            .Append(" who presents with ").Append(symptoms.Length == 0 ? principal.Name : string.Join(", ", symptoms)).Append(" for ").Append(1 + rng.Below(6)).Append(" days. ");
        if (encounter.IsEarlyReturn || (encounter.Number > 0 && encounter.Start - patient.Encounters[encounter.Number - 1].End < 60 * Clock.Day))
            story.Append("Of note, recently discharged from this hospital. ");
        if (principal.History.Count > 0)
            story.Append("The patient reports ").Append(rng.Pick(principal.History)).Append(". ");
        story.Append("Denies ").Append(principal.Symptoms.Count > 3 ? "other complaints" : "fevers or chills").Append(". ");
        if (encounter.IsEmergency)
        {
            story.Append("In the ED, initial vitals were ").Append(Vitals()).Append('.');
        }
        Section("History of Present Illness", story.ToString());
        Section("Past Medical History", past.Length == 0 ? "None" : string.Join("\n", past.Select(p => "- " + p)));
        Section("Social History", rng.Pick(Homes) + " " + rng.Pick(Habits));
        Section("Family History", rng.Pick(Kin));
    }

    private string Vitals()
    {
        var values = record.FirstVitals ??= [.. Enumerable.Range(0, VitalSign.All.Count).Select(i => (double?)Math.Round(record.Body.Vital(i, 0.5), VitalSign.All[i].Decimals))];
        string Shown(int at) => values[at]?.ToString() ?? "___";
        return $"T {Shown(0)} HR {Shown(1)} BP {Shown(4)}/{Shown(5)} RR {Shown(2)} O2 {Shown(3)}%";
    }

    private void Examination()
    {
        var findings = encounter.Acute.SelectMany(a => a.Condition.ExamFindings.Where(_ => rng.Chance(0.3 + (0.6 * a.Severity)))).Distinct().ToArray();
        var severe = record.Latent.Severity > 1 ? "ill-appearing" : record.Latent.Severity > 0 ? "uncomfortable" : "no acute distress";
        Section("Physical Exam", $"ADMISSION EXAM\nVS: {Vitals()}\nGENERAL: {severe}\n"
            + (findings.Length == 0 ? "Unremarkable." : string.Join("\n", findings)) + (encounter.Died ? "" : "\nDISCHARGE EXAM\nGENERAL: comfortable, alert"));
    }

    private void Results(IReadOnlyList<(long Time, string Name, string Text)> reports)
    {
        var shown = new List<string>();
        foreach (var label in new[] { "White Blood Cells", "Hemoglobin", "Platelet Count", "Sodium", "Potassium", "Urea Nitrogen", "Creatinine", "Glucose", "Lactate" })
        {
            if (record.FirstLabs.TryGetValue(label, out var value) && record.Content.LabByLabel.TryGetValue(label, out var lab))
                shown.Add($"{label} {value} {lab.Unit}");
        }
        var images = reports.Take(4).Select(r => r.Name + ": " + r.Text[(r.Text.LastIndexOf('\n') + 1)..]);
        Section("Pertinent Results", "ADMISSION LABS\n" + string.Join("\n", shown) + "\nIMAGING\n" + string.Join("\n", images));
    }

    private void Course()
    {
        var story = new StringBuilder();
        foreach (var active in encounter.Acute)
        {
            var drugs = record.Medications.Select(m => m.Drug.Name).Distinct().Where(d => record.Content.Treatments[active.Condition.Name].Any(t => t.Target == d)).Take(4).ToArray();
            story.Append("# ").Append(active.Condition.Name).Append(": ").Append(active.Severity > 0.65 ? "severe" : active.Severity > 0.4 ? "moderate" : "mild").Append('.')
                .Append(drugs.Length == 0 ? " Managed supportively." : " Treated with " + string.Join(", ", drugs) + ".").Append('\n');
        }
        if (encounter.Course!.Icu.Count > 0)
            story.Append("The patient required care in the ICU").Append(encounter.Course.Icu.Count > 1 ? " more than once" : "").Append(". ");
        story.Append(record.Latent.Brittle > 0.8 ? "The course was labile with repeated need for repletion and rescue medication." : "The course was otherwise uncomplicated.");
        Section("Brief Hospital Course", story.ToString());
    }

    private void Leaving()
    {
        Section("Medications on Admission", patient.HomeDrugs.Count == 0 ? "None" : string.Join("\n", patient.HomeDrugs.Select((d, i) => $"{i + 1}. {d.Name} {d.Dose} {d.Unit} {d.Route} {d.Frequency}")));
        if (!encounter.Died)
            Section("Discharge Medications", string.Join("\n", record.Medications.Where(m => m.Stop >= encounter.DischargeTime - Clock.Hour && !DoseSchedule.IsByNeed(m.Frequency) && !DoseSchedule.IsOnce(m.Frequency) && !m.Drug.IsIntravenous).Select(m => m.Drug).Distinct().Take(15).Select((d, i) => $"{i + 1}. {d.Name} {d.Dose} {d.Unit} {d.Route} {d.Frequency}")));
        Section("Discharge Disposition", encounter.Died ? "Expired" : record.Latent.Support > 0.8 ? "Extended Care" : "Home");
        Section("Discharge Diagnosis", string.Join("\n", encounter.Acute.Select(a => a.Condition.Name)));
        Section("Discharge Condition", encounter.Died ? "Expired" : "Mental Status: Clear and coherent.\nActivity Status: Ambulatory.");
        text.Append("Followup Instructions:\n___\n");
    }
}
