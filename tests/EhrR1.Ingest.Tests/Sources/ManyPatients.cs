using System.Globalization;

namespace EhrR1.Ingest.Tests;

/// <summary>A source of many patients with a few tables, large enough for several shards and row groups.</summary>
internal static class ManyPatients
{
    private static readonly DateTime _start = new(2150, 1, 1);

    public static SourceWriter Make(int patients = 60, int labs = 20, int seed = 1)
    {
        var random = new Random(seed);
        var s = new SourceWriter();
        foreach (var table in new[] { "hosp/omr", "hosp/labevents", "hosp/services", "ed/edstays", "ed/vitalsign" })
            s.Table(table);
        s.Row("hosp/d_labitems", ("itemid", 1), ("label", "Sodium"));
        for (var p = 0; p < patients; p++)
        {
            var (subject, hadm) = (1000 + p, 5000 + p);
            s.Row("hosp/patients", ("subject_id", subject), ("gender", p % 2 == 0 ? "F" : "M"), ("anchor_age", 20 + (p % 70)), ("anchor_year", 2149));
            s.Row("hosp/admissions", ("subject_id", subject), ("hadm_id", hadm), ("admittime", Time(random, 0)), ("dischtime", Time(random, 20)), ("admission_type", "URGENT"), ("hospital_expire_flag", 0));
            s.Row("ed/edstays", ("subject_id", subject), ("hadm_id", hadm), ("stay_id", 9000 + p), ("intime", Time(random, 0)), ("outtime", Time(random, 1)), ("gender", "F"), ("race", "WHITE"));
            for (var i = 0; i < labs; i++)
            {
                s.Row("hosp/labevents", ("labevent_id", i), ("subject_id", subject), ("hadm_id", i % 5 == 0 ? null : hadm), ("itemid", 1 + (i % 2)), ("charttime", i % 11 == 0 ? null : Time(random, 10)), ("valuenum", random.Next(1000) / 10.0), ("comments", $"row {i}"));
                if (i % 3 == 0)
                    s.Row("ed/vitalsign", ("subject_id", subject), ("stay_id", 9000 + p), ("charttime", Time(random, 1)), ("heartrate", 60 + i));
                if (i % 4 == 0)
                    s.Row("hosp/omr", ("subject_id", subject), ("chartdate", Time(random, 30)), ("result_name", $"omr {i}"));
            }
        }

        return s;
    }

    // Few distinct times, so that ties are common.
    private static string Time(Random random, int day) => _start.AddDays(day).AddHours(random.Next(12)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
