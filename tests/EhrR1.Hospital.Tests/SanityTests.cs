using System.Globalization;

namespace EhrR1.Hospital.Tests;

public sealed class SanityTests(LargeHospital hospital) : IClassFixture<LargeHospital>
{
    // Prevalences in the MIMIC-IV demo 2.2 and MIMIC-IV-ED demo 2.2 (100 patients, 275 admissions, 222 ED stays, 140 ICU stays) by the strict definitions;
    // ICU mortality over all ICU stays, lengths of stay among admissions longer than 24 hours, readmission among those discharged alive.
    public static TheoryData<string, string, double> Prevalences => new()
    {
        { "admission", "Inpatient_Mortality", 0.055 },
        { "admission", "LengthOfStay_3day", 0.767 },
        { "admission", "LengthOfStay_7day", 0.371 },
        { "discharge", "Readmission_30day", 0.204 },
        { "discharge", "Readmission_60day", 0.273 },
        { "ed", "ED_Hospitalization", 0.775 },
        { "ed", "ED_Inpatient_Mortality", 0.036 },
        { "ed", "ED_ICU_Tranfer_12hour", 0.266 },
        { "ed", "ED_Reattendance_3day", 0.032 },
        { "ed", "ED_Critical_Outcomes", 0.270 },
        { "icu", "ICU_Mortality_1day", 0.029 },
        { "icu", "ICU_Mortality_2day", 0.029 },
        { "icu", "ICU_Mortality_3day", 0.043 },
        { "icu", "ICU_Mortality_7day", 0.086 },
        { "icu", "ICU_Mortality_14day", 0.129 },
        { "icu", "ICU_Stay_7day", 0.143 },
        { "icu", "ICU_Stay_14day", 0.036 },
        { "icu", "ICU_Readmission", 0.086 },
    };

    // Median rows with a stay's hadm_id over all admissions of the same demo, zeros included.
    public static TheoryData<string, double> RowsAnAdmission => new()
    {
        { "hosp/transfers.csv.gz", 4 }, { "hosp/services.csv.gz", 1 }, { "hosp/labevents.csv.gz", 163 }, { "hosp/microbiologyevents.csv.gz", 1 }, { "hosp/pharmacy.csv.gz", 42 }, { "hosp/poe.csv.gz", 113 },
        { "hosp/prescriptions.csv.gz", 48 }, { "hosp/emar.csv.gz", 32 }, { "hosp/procedures_icd.csv.gz", 1 }, { "hosp/diagnoses_icd.csv.gz", 14 }, { "hosp/drgcodes.csv.gz", 2 },
    };

    // Median rows with a stay's stay_id over all ICU stays, or ED stays, of the same demo.
    public static TheoryData<string, string, double> RowsAStay => new()
    {
        { "icu/chartevents.csv.gz", "icu/icustays.csv.gz", 2531.5 }, { "icu/inputevents.csv.gz", "icu/icustays.csv.gz", 60.5 }, { "icu/ingredientevents.csv.gz", "icu/icustays.csv.gz", 80 }, { "icu/datetimeevents.csv.gz", "icu/icustays.csv.gz", 52 },
        { "icu/procedureevents.csv.gz", "icu/icustays.csv.gz", 7 }, { "icu/outputevents.csv.gz", "icu/icustays.csv.gz", 45.5 }, { "ed/vitalsign.csv.gz", "ed/edstays.csv.gz", 4 }, { "ed/medrecon.csv.gz", "ed/edstays.csv.gz", 10.5 },
        { "ed/pyxis.csv.gz", "ed/edstays.csv.gz", 3 }, { "ed/diagnosis.csv.gz", "ed/edstays.csv.gz", 2 },
    };

    [Theory]
    [MemberData(nameof(Prevalences))]
    public void Outcome_OfRiskTask_IsAsFrequentAndAsPredictableAsMeant(string family, string task, double demo)
    {
        var samples = hospital.Families[family];
        var prevalence = samples.Average(s => s.Outcomes[task] ? 1.0 : 0);
        prevalence.ShouldBeInRange(demo / 2, demo * 2);
        var expected = samples.Average(s => s.Truth[task]);
        var sd = Math.Sqrt(samples.Sum(s => s.Truth[task] * (1 - s.Truth[task]))) / samples.Count;
        Math.Abs(prevalence - expected).ShouldBeLessThan(4 * sd, "the true probabilities are calibrated");
        Auroc.Of([.. samples.Select(s => (s.Truth[task], s.Outcomes[task]))]).ShouldBeInRange(0.75, 0.92);
    }

    [Theory]
    [MemberData(nameof(RowsAnAdmission))]
    public void Rows_OfAdmission_AreAsManyAsInTheDemo(string table, double demo)
    {
        var counts = Counts("hosp/admissions.csv.gz", "hadm_id", table);
        Median(counts.Values).ShouldBeInRange(demo / 2, demo * 2, table);
    }

    [Theory]
    [MemberData(nameof(RowsAStay))]
    public void Rows_OfStay_AreAsManyAsInTheDemo(string table, string stays, double demo) =>
        Median(Counts(stays, "stay_id", table).Values).ShouldBeInRange(demo / 2, demo * 2, table);

    [Fact]
    public void Rows_OfAdmissionInAllTables_AreAsManyAsInTheDemo()
    {
        var total = CsvFile.Rows(hospital.Folder.File("hosp/admissions.csv.gz")).ToDictionary(r => r["hadm_id"], _ => 0, StringComparer.Ordinal);
        foreach (var table in HospitalFiles.OfPatients.Where(f => HospitalFiles.Headers[f].Contains("hadm_id", StringComparison.Ordinal) && f[0] is 'h' or 'i' && !f.EndsWith("admissions.csv.gz", StringComparison.Ordinal) && !f.EndsWith("icustays.csv.gz", StringComparison.Ordinal)))
        {
            foreach (var row in CsvStream.Columns(hospital.Folder.File(table), "hadm_id"))
            {
                if (total.TryGetValue(row[0], out var count))
                    total[row[0]] = count + 1;
            }
        }
        // 1,087 in the demo, chartevents included.
        Median(total.Values).ShouldBeInRange(1087 / 2.0, 1087 * 2);
    }

    [Fact]
    public void Vocabulary_OfHospital_IsLarge()
    {
        CsvStream.Columns(hospital.Folder.File("hosp/labevents.csv.gz"), "itemid").Select(r => r[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(300);
        CsvStream.Columns(hospital.Folder.File("hosp/prescriptions.csv.gz"), "drug").Select(r => r[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(400);
        CsvFile.Rows(hospital.Folder.File("truth/relations.csv")).Count().ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void SingleItem_OfAnyRiskTask_DoesNotGiveTheLabelAway()
    {
        var view = new VisibleItems(hospital.Families.Values.SelectMany(f => f));
        view.Read(hospital.Folder, "hosp/labevents.csv.gz", "charttime", "itemid", "valuenum");
        view.Read(hospital.Folder, "hosp/poe.csv.gz", "ordertime", "order_type", null);
        view.Read(hospital.Folder, "hosp/poe.csv.gz", "ordertime", "order_subtype", null);
        view.Read(hospital.Folder, "hosp/prescriptions.csv.gz", "starttime", "drug", null);
        view.Read(hospital.Folder, "hosp/emar.csv.gz", "charttime", "medication", null);
        view.Read(hospital.Folder, "hosp/transfers.csv.gz", "intime", "careunit", null);
        view.Read(hospital.Folder, "hosp/microbiologyevents.csv.gz", "charttime", "test_name", null);
        view.Read(hospital.Folder, "icu/chartevents.csv.gz", "charttime", "itemid", "valuenum");
        view.Read(hospital.Folder, "icu/inputevents.csv.gz", "starttime", "itemid", "amount");
        view.Read(hospital.Folder, "icu/procedureevents.csv.gz", "starttime", "itemid", null);
        view.Read(hospital.Folder, "ed/pyxis.csv.gz", "charttime", "name", null);
        view.Read(hospital.Folder, "ed/vitalsign.csv.gz", "charttime", "subject_id", "heartrate");
        view.Read(hospital.Folder, "ed/vitalsign.csv.gz", "charttime", "stay_id", "sbp");
        foreach (var (family, samples) in hospital.Families)
        {
            foreach (var task in samples[0].Outcomes.Keys)
                view.Strongest(samples, task).ShouldAllBe(found => found.Auroc < 0.9, $"{family} {task}");
        }
    }

    [Fact]
    public void Dirt_OfRealData_IsThere()
    {
        Share("hosp/labevents.csv.gz", "hadm_id", v => v.Length == 0).ShouldBeInRange(0.02, 0.5);
        Share("hosp/labevents.csv.gz", "valuenum", v => v.Length == 0).ShouldBeInRange(0.01, 0.3);
        Share("hosp/labevents.csv.gz", "storetime", v => v.Length == 0).ShouldBeInRange(0.001, 0.05);
        Share("hosp/microbiologyevents.csv.gz", "charttime", v => v.Length == 0).ShouldBeInRange(0.02, 0.15);
        Share("hosp/prescriptions.csv.gz", "ndc", v => v == "0").ShouldBeInRange(0.01, 0.5);
        Share("hosp/prescriptions.csv.gz", "gsn", v => v.Contains(' ', StringComparison.Ordinal)).ShouldBeInRange(0.005, 0.2);
        Share("hosp/emar.csv.gz", "hadm_id", v => v.Length == 0).ShouldBeInRange(0.01, 0.1);
        var lines = CsvStream.Columns(hospital.Folder.File("hosp/prescriptions.csv.gz"), [.. HospitalFiles.Headers["hosp/prescriptions.csv.gz"].Split(',')]).Select(r => string.Join('|', r)).ToArray();
        lines.Length.ShouldBeGreaterThan(lines.Distinct(StringComparer.Ordinal).Count());
        var stays = CsvFile.Rows(hospital.Folder.File("hosp/admissions.csv.gz")).Select(r => (Subject: r["subject_id"], In: RiskSamples.Time(r["admittime"]), Out: RiskSamples.Time(r["dischtime"]))).ToArray();
        stays.Zip(stays.Skip(1)).Count(p => p.First.Subject == p.Second.Subject && p.Second.In < p.First.Out).ShouldBeGreaterThan(0);
        var died = CsvFile.Rows(hospital.Folder.File("hosp/patients.csv.gz")).Count(r => r["dod"].Length > 0);
        died.ShouldBeGreaterThan(CsvFile.Rows(hospital.Folder.File("hosp/admissions.csv.gz")).Count(r => r["hospital_expire_flag"] == "1"));
    }

    private double Share(string file, string column, Func<string, bool> test)
    {
        var values = CsvStream.Columns(hospital.Folder.File(file), column).Select(r => test(r[0]) ? 1.0 : 0).ToArray();
        return values.Average();
    }

    private Dictionary<string, int> Counts(string stays, string key, string table)
    {
        var counts = CsvStream.Columns(hospital.Folder.File(stays), key).ToDictionary(r => r[0], _ => 0, StringComparer.Ordinal);
        foreach (var row in CsvStream.Columns(hospital.Folder.File(table), key))
        {
            if (counts.TryGetValue(row[0], out var count))
                counts[row[0]] = count + 1;
        }
        return counts;
    }

    private static double Median(IEnumerable<int> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}
