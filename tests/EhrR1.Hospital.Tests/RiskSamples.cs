using System.Globalization;

namespace EhrR1.Hospital.Tests;

/// <summary>Works out the outcomes of the 18 risk tasks from the written tables alone, by the strict definitions.</summary>
internal static class RiskSamples
{
    public static IReadOnlyList<RiskSample> OfAdmissions(TemporaryFolder folder)
    {
        var truth = Truth(folder, "truth/stays.csv", "hadm_id");
        return [.. Admissions(folder).Where(a => (a.Out - a.In).TotalHours > 24).Select(a => new RiskSample(a.Subject, a.Hadm, a.In, a.In.AddHours(24), new Dictionary<string, bool>(StringComparer.Ordinal)
        {
            ["Inpatient_Mortality"] = a.Died,
            ["LengthOfStay_3day"] = (a.Out - a.In).TotalHours > 72,
            ["LengthOfStay_7day"] = (a.Out - a.In).TotalHours > 168,
        }, truth[a.Hadm]))];
    }

    public static IReadOnlyList<RiskSample> OfDischarges(TemporaryFolder folder)
    {
        var truth = Truth(folder, "truth/stays.csv", "hadm_id");
        var admissions = Admissions(folder);
        var next = admissions.Zip(admissions.Skip(1)).Where(p => p.First.Subject == p.Second.Subject).ToDictionary(p => p.First.Hadm, p => p.Second.In, StringComparer.Ordinal);
        bool Back(Stay a, int days) => next.TryGetValue(a.Hadm, out var time) && (time - a.Out).TotalDays < days;
        return [.. admissions.Where(a => !a.Died).Select(a => new RiskSample(a.Subject, a.Hadm, a.Out.AddHours(-24), a.Out, new Dictionary<string, bool>(StringComparer.Ordinal)
        {
            ["Readmission_30day"] = Back(a, 30),
            ["Readmission_60day"] = Back(a, 60),
        }, truth[a.Hadm]))];
    }

    public static IReadOnlyList<RiskSample> OfEdStays(TemporaryFolder folder)
    {
        var truth = Truth(folder, "truth/edstays.csv", "stay_id");
        var died = Admissions(folder).Where(a => a.Died).Select(a => a.Hadm).ToHashSet(StringComparer.Ordinal);
        var icu = IcuStays(folder).GroupBy(s => s.Hadm, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(s => s.In), StringComparer.Ordinal);
        var stays = CsvFile.Rows(folder.File("ed/edstays.csv.gz")).Select(r => new Stay(r["subject_id"], r["hadm_id"], r["stay_id"], Time(r["intime"]), Time(r["outtime"]), false)).OrderBy(s => s.Subject, StringComparer.Ordinal).ThenBy(s => s.In).ToArray();
        return [.. stays.Index().Select(s =>
        {
            var (at, stay) = s;
            var death = died.Contains(stay.Hadm);
            var toIcu = icu.TryGetValue(stay.Hadm, out var time) && (time - stay.Out).TotalHours < 12;
            return new RiskSample(stay.Subject, stay.Hadm, stay.In, stay.Out, new Dictionary<string, bool>(StringComparer.Ordinal)
            {
                ["ED_Hospitalization"] = stay.Hadm.Length > 0,
                ["ED_Inpatient_Mortality"] = death,
                ["ED_ICU_Tranfer_12hour"] = toIcu,
                ["ED_Reattendance_3day"] = at + 1 < stays.Length && stays[at + 1].Subject == stay.Subject && (stays[at + 1].In - stay.Out).TotalHours < 72,
                ["ED_Critical_Outcomes"] = death || toIcu,
            }, truth[stay.Id]);
        })];
    }

    public static IReadOnlyList<RiskSample> OfIcuStays(TemporaryFolder folder)
    {
        var truth = Truth(folder, "truth/icustays.csv", "stay_id");
        var deaths = Admissions(folder).Where(a => a.Died).ToDictionary(a => a.Hadm, a => a.Out, StringComparer.Ordinal);
        var dod = CsvFile.Rows(folder.File("hosp/patients.csv.gz")).Where(r => r["dod"].Length > 0).ToDictionary(r => r["subject_id"], r => Time(r["dod"]).AddDays(1).AddSeconds(-1), StringComparer.Ordinal);
        var stays = IcuStays(folder);
        var later = stays.GroupBy(s => s.Hadm, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(s => s.In), StringComparer.Ordinal);
        return [.. stays.Where(s => (s.Out - s.In).TotalHours > 24).Select(s =>
        {
            var death = deaths.TryGetValue(s.Hadm, out var inStay) ? inStay : dod.GetValueOrDefault(s.Subject, DateTime.MaxValue);
            var outcomes = new[] { 1, 2, 3, 7, 14 }.ToDictionary(days => $"ICU_Mortality_{days}day", days => (death - s.In.AddHours(24)).TotalDays < days, StringComparer.Ordinal);
            outcomes["ICU_Stay_7day"] = (s.Out - s.In).TotalDays >= 7;
            outcomes["ICU_Stay_14day"] = (s.Out - s.In).TotalDays >= 14;
            outcomes["ICU_Readmission"] = later[s.Hadm] > s.In;
            return new RiskSample(s.Subject, s.Hadm, s.In, s.In.AddHours(24), outcomes, truth[s.Id]);
        })];
    }

    private static List<Stay> Admissions(TemporaryFolder folder) =>
        [.. CsvFile.Rows(folder.File("hosp/admissions.csv.gz")).Select(r => new Stay(r["subject_id"], r["hadm_id"], "", Time(r["admittime"]), Time(r["dischtime"]), r["hospital_expire_flag"] == "1")).OrderBy(s => s.Subject, StringComparer.Ordinal).ThenBy(s => s.In)];

    private static List<Stay> IcuStays(TemporaryFolder folder) =>
        [.. CsvFile.Rows(folder.File("icu/icustays.csv.gz")).Select(r => new Stay(r["subject_id"], r["hadm_id"], r["stay_id"], Time(r["intime"]), Time(r["outtime"]), false))];

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Truth(TemporaryFolder folder, string file, string key) =>
        CsvFile.Rows(folder.File(file)).ToDictionary(r => r[key], r => (IReadOnlyDictionary<string, double>)r.Where(c => !c.Key.EndsWith("_id", StringComparison.Ordinal)).ToDictionary(c => c.Key, c => double.Parse(c.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal), StringComparer.Ordinal);

    public static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Stay(string Subject, string Hadm, string Id, DateTime In, DateTime Out, bool Died);
}
