namespace EhrR1.Hospital;

/// <summary>Writes everything about one patient, and the truth behind it.</summary>
internal sealed class PatientWriter(HospitalContent content, PatientTables tables)
{
    private readonly TrueProbabilities truth = new();

    public void Write(Patient patient)
    {
        tables[Table.Patients].Int(patient.SubjectId).Text(patient.Sex).Int(patient.AnchorAge).Int(patient.AnchorYear).Text(patient.AnchorYearGroup).Date(patient.DiedAt).End();
        new ClinicWriter(patient, tables).Write();
        var reports = 0;
        var notes = 0;
        foreach (var encounter in patient.Encounters)
            WriteEncounter(new EncounterRecord(content, patient, encounter, tables), ref reports, ref notes);
    }

    private void WriteEncounter(EncounterRecord record, ref int reports, ref int notes)
    {
        var icu = new StayWriter(record).Write();
        new ProcedurePlan(record).Plan();
        new LabWriter(record).Write();
        new EdWriter(record).Write();
        new MicrobiologyWriter(record).Write();
        var imaging = new ImagingWriter(record);
        imaging.Write(ref reports);
        new CareOrders(record).Plan();
        new MedicationPlan(record).Plan();
        var book = new OrderBook(record);
        book.Write();
        new MedicationWriter(record, book).Write();
        new AdministrationWriter(record, book).Write();
        foreach (var stay in icu)
        {
            var scope = new IcuScope(record, stay);
            new FlowsheetWriter(scope).Write();
            new InfusionWriter(scope).Write();
            new IcuProcedureWriter(scope).Write();
        }
        new CodingWriter(record).Write();
        if (record.Encounter.IsAdmitted)
            new DischargeNoteWriter(record).Write(imaging.Reports, ++notes);
        WriteTruth(record, icu);
    }

    private void WriteTruth(EncounterRecord record, IReadOnlyList<IcuStay> icu)
    {
        var encounter = record.Encounter;
        var latent = record.Latent;
        if (encounter.IsEmergency)
            Row(Table.TruthEdStays, encounter.EdStayId, truth.OfEdStay(latent, encounter.IsEarlyReturn));
        if (encounter.Course is not { } course)
            return;
        Row(Table.TruthStays, null, truth.OfAdmission(latent, course.Icu.Count > 0 && course.Icu[0].Start < 24));
        foreach (var stay in icu)
            Row(Table.TruthIcuStays, stay.StayId, truth.OfIcuStay(latent, stay.Episode));

        void Row(Table table, long? stay, double[] probabilities)
        {
            var row = tables[table].Int(record.Patient.SubjectId).Int(record.HadmId).Int(stay);
            foreach (var probability in probabilities)
                row.Number(Math.Clamp(probability, 0, 1), 5);
            row.End();
        }
    }
}
