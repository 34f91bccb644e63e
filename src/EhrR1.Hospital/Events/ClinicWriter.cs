using System.Globalization;

namespace EhrR1.Hospital;

/// <summary>Writes what clinics measure between stays: omr.</summary>
internal sealed class ClinicWriter(Patient patient, PatientTables tables)
{
    private readonly Rng rng = patient.Rng.Fork(160);

    public void Write()
    {
        if (patient.Encounters.Count == 0 || rng.Chance(0.2))
            return;
        var from = patient.Encounters[0].Start - (200 * Clock.Day);
        var until = Math.Max(patient.Encounters[^1].End, from + (300 * Clock.Day));
        if (patient.DiedAt is { } died)
            until = Math.Min(until, died);
        var weight = patient.WeightKg;
        for (var day = Clock.StartOfDay(from) + (rng.Below(120) * Clock.Day); day < until; day += (14 + (long)rng.Exponential(110)) * Clock.Day)
        {
            weight = Math.Clamp(weight + (1.5 * rng.Normal()), 35, 200);
            Row(day, "Weight (Lbs)", (weight * 2.2046).ToString("0.#", CultureInfo.InvariantCulture));
            if (rng.Chance(0.85))
                Row(day, "BMI (kg/m2)", (weight / patient.HeightCm / patient.HeightCm * 10_000).ToString("0.0", CultureInfo.InvariantCulture));
            if (rng.Chance(0.9))
                Row(day, "Blood Pressure", $"{(int)Math.Clamp(rng.Normal(131, 16), 85, 215)}/{(int)Math.Clamp(rng.Normal(76, 10), 40, 120)}");
            if (rng.Chance(0.4))
                Row(day, "Height (Inches)", (patient.HeightCm / 2.54).ToString("0.##", CultureInfo.InvariantCulture));
        }
    }

    private void Row(long day, string name, string value) => tables[Table.Omr].Int(patient.SubjectId).Date(day).Int(1).Text(name).Text(value).End();
}
