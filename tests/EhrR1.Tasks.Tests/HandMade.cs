using EhrR1.Charts;

namespace EhrR1.Tasks.Tests;

/// <summary>Hand-made charts: moments are hours after a fixed midnight, one hospital stay is 1, another 2.</summary>
internal static class HandMade
{
    public static readonly DateTime Midnight = new(2150, 3, 10);

    public static DateTime At(double hours) => Midnight.AddHours(hours);

    public static ChartBuilder Admission(this ChartBuilder chart, double admit, double? discharge, long hadm = 1, bool died = false, double? death = null, string type = "EW EMER.")
        => chart.Add("admissions", At(admit), hadm, ("admission_type", type), ("admission_location", "EMERGENCY ROOM"), ("dischtime", discharge is { } d ? At(d) : null),
            ("hospital_expire_flag", died ? 1 : 0), ("deathtime", death is { } t ? At(t) : null));

    public static ChartBuilder Emergency(this ChartBuilder chart, double arrive, double leave, long stay, long? hadm = null, string disposition = "ADMITTED")
        => chart.Add("edstays", At(arrive), hadm, stay, At(arrive), ("gender", "F"), ("race", "WHITE"), ("outtime", At(leave)), ("disposition", disposition));

    public static ChartBuilder Vitals(this ChartBuilder chart, double at, long stay, long? hadm = null)
        => chart.Add("vitalsign", At(at), hadm, stay, At(at), ("heartrate", 80), ("pain", "0"));

    public static ChartBuilder Intensive(this ChartBuilder chart, double enter, double? leave, long stay, long hadm = 1)
        => chart.Add("icustays", At(enter), hadm, stay, At(enter), ("outtime", leave is { } l ? At(l) : null));

    public static ChartBuilder Lab(this ChartBuilder chart, double at, string item = "Sodium", long? hadm = 1, double? stored = null, double value = 140)
        => chart.Add("labevents", At(at), hadm, null, At(stored ?? at), ("item_name", item), ("valuenum", value), ("valueuom", "mEq/L"));

    public static ChartBuilder Order(this ChartBuilder chart, double at, long? hadm = 1, string type = "Medications")
        => chart.Add("poe", At(at), hadm, ("order_type", type));

    public static ChartBuilder Note(this ChartBuilder chart, double at, long hadm = 1, double? visible = null, string text = "Well at discharge.")
        => chart.Add("discharge", At(at), hadm, null, At(visible ?? at), ("note_type", "DS"), ("text", text), ("note_id", $"{hadm}-DS"));

    public static IReadOnlyList<TaskIndexRow> Index(this ChartBuilder chart, ChartProfile profile = ChartProfile.EhrBench, bool notes = true)
        => new TaskIndexer(new TaskIndexOptions { Profile = profile, HasDischargeNotes = notes }).Index(chart.Build(profile));

    public static IReadOnlyList<TaskIndexRow> Index(this ChartBuilder chart, string task, ChartProfile profile = ChartProfile.EhrBench, bool notes = true)
        => [.. chart.Index(profile, notes).Where(r => r.Task == task)];

    public static Sample Sample(this ChartBuilder chart, string task, ChartProfile profile = ChartProfile.EhrBench, bool notes = true)
    {
        var row = chart.Index(task, profile, notes).Single();
        return new SampleBuilder(profile, null, notes).Build(chart.Build(profile), row);
    }
}
