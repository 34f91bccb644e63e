namespace EhrR1.Hospital;

/// <summary>What the writers of one ICU stay share.</summary>
internal sealed class IcuScope(EncounterRecord record, IcuStay stay)
{
    public EncounterRecord Record { get; } = record;

    public IcuStay Stay { get; } = stay;

    public IcuEpisode Episode { get; } = record.Encounter.Course!.Icu[stay.Episode];

    public bool Ventilated { get; } = record.IsVentilated(record.Encounter.Course!.Icu[stay.Episode]);

    public IcuDevices Devices { get; } = IcuDeviceRules.Draw(record.Latent, record.IsVentilated(record.Encounter.Course!.Icu[stay.Episode]), record.Encounter.Principal.Condition.Service, record.Fork(6).Fork(stay.Episode));

    public bool Has(IcuDevices device) => (Devices & device) == device;

    public double Hours => (Stay.Out - Stay.In) / 3600.0;

    public Rng Fork(int purpose) => Record.Patient.Rng.Fork((purpose * 1000) + (Record.Encounter.Number * 8) + Stay.Episode);

    /// <summary>An hour of the stay on the clock's grid: what the unit does, it does on the hour or the half hour.</summary>
    public long OnGrid(double hour, long grid)
    {
        var time = Stay.In + Clock.Hours(hour);
        return Math.Max(Clock.WholeMinutes(Stay.In) + Clock.Minute, time - (time % grid));
    }

    public double Severity(long time) => Record.Latent.Severity * Record.Body.General.At(Record.HourOf(time));

    /// <summary>Starts a row with the columns that all ICU event tables share.</summary>
    public TableBuffer Row(Table table, Rng rng) =>
        Record.Tables[table].Int(Record.Patient.SubjectId).Int(Record.Encounter.HadmId).Int(Stay.StayId).Int(rng.Chance(0.03) ? null : rng.Pick(Staff.Caregivers));
}
