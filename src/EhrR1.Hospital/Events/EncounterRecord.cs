namespace EhrR1.Hospital;

/// <summary>What all writers of one encounter share: who, when, what the body does, and the orders so far.</summary>
internal sealed class EncounterRecord
{
    public EncounterRecord(HospitalContent content, Patient patient, Encounter encounter, PatientTables tables)
    {
        Content = content;
        Patient = patient;
        Encounter = encounter;
        Tables = tables;
        Body = new Physiology(content, patient, encounter);
    }

    public HospitalContent Content { get; }
    public Patient Patient { get; }
    public Encounter Encounter { get; }
    public PatientTables Tables { get; }
    public Physiology Body { get; }
    public List<Order> Orders { get; } = [];
    public List<MedicationCourse> Medications { get; } = [];

    /// <summary>Procedures done, with their times.</summary>
    public List<(ProcedureCode Code, long Time)> Procedures { get; } = [];

    /// <summary>The first result of each laboratory item, for the discharge note.</summary>
    public Dictionary<string, double> FirstLabs { get; } = new(StringComparer.Ordinal);

    /// <summary>Vital signs at triage, or at the bedside on admission, for the discharge note.</summary>
    public double?[]? FirstVitals { get; set; }

    public long? HadmId => Encounter.IsAdmitted ? Encounter.HadmId : null;

    public Latent Latent => Encounter.Latent;

    /// <summary>A stream of its own for one writer.</summary>
    public Rng Fork(int purpose) => Patient.Rng.Fork((purpose * 1000) + Encounter.Number);

    public double HourOf(long time) => (time - (Encounter.IsAdmitted ? Encounter.AdmitTime : Encounter.EdOut)) / 3600.0;

    /// <summary>The time at which orders that are due at a time are entered: providers write them in sessions, a few a day and more on the first one.</summary>
    public long Session(long time)
    {
        var minutes = (time - Encounter.AdmitTime) / 60;
        if (minutes < 90)
            return Encounter.AdmitTime + (18 * Clock.Minute);
        var step = minutes < 360 ? 90 : 260;
        return Encounter.AdmitTime + (((minutes / step * step) + (Patient.SubjectId % 17)) * Clock.Minute);
    }

    public bool InIcu(long time) => IcuEpisodeAt(time) is not null;

    public IcuEpisode? IcuEpisodeAt(long time)
    {
        if (Encounter.Course is not { } course)
            return null;
        var hour = HourOf(time);
        foreach (var episode in course.Icu)
        {
            if (hour >= episode.Start && hour < episode.End)
                return episode;
        }
        return null;
    }

    /// <summary>Whether a patient breathes by machine in an ICU episode: follows from what is latent, not from how it ends.</summary>
    public bool IsVentilated(IcuEpisode episode)
    {
        var rng = Fork(5).Fork((int)(episode.Start * 64));
        return rng.Chance(OutcomeModel.Logistic(-0.9 + (0.8 * Latent.Support) + (0.55 * Latent.Severity)));
    }

    public Order Place(Order order)
    {
        Orders.Add(order);
        return order;
    }
}
