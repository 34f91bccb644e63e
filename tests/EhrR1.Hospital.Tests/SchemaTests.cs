namespace EhrR1.Hospital.Tests;

public sealed class SchemaTests(SchemaTests.Small small) : IClassFixture<SchemaTests.Small>
{
    public static TheoryData<string> Files => [.. HospitalFiles.Headers.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_OfHospital_HasTheHeaderAndFullRows(string file)
    {
        var lines = CsvFile.Read(small.Folder.File(file));
        string.Join(',', lines[0]).ShouldBe(HospitalFiles.Headers[file]);
        lines.Count.ShouldBeGreaterThan(1, file);
        lines.ShouldAllBe(line => line.Length == lines[0].Length);
    }

    [Fact]
    public void Folder_OfHospital_HoldsNothingElse()
    {
        var files = Directory.GetFiles(small.Folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(small.Folder.Path, f).Replace('\\', '/'));
        files.Order(StringComparer.Ordinal).ShouldBe(HospitalFiles.Headers.Keys.Append("manifest.json").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rows_OfEveryTable_StandInSubjectOrder()
    {
        foreach (var file in HospitalFiles.OfPatients)
        {
            var subjects = CsvFile.Rows(small.Folder.File(file)).Select(r => long.Parse(r["subject_id"])).ToArray();
            subjects.Order().SequenceEqual(subjects).ShouldBeTrue(file);
        }
    }

    [Theory]
    [InlineData("hosp/labevents.csv.gz", "itemid", "hosp/d_labitems.csv.gz", "itemid")]
    [InlineData("icu/chartevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/inputevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/ingredientevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/outputevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/procedureevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/datetimeevents.csv.gz", "itemid", "icu/d_items.csv.gz", "itemid")]
    [InlineData("icu/chartevents.csv.gz", "stay_id", "icu/icustays.csv.gz", "stay_id")]
    [InlineData("icu/icustays.csv.gz", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("icu/icustays.csv.gz", "stay_id", "hosp/transfers.csv.gz", "transfer_id")]
    [InlineData("hosp/labevents.csv.gz", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("hosp/poe.csv.gz", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("hosp/pharmacy.csv.gz", "poe_id", "hosp/poe.csv.gz", "poe_id")]
    [InlineData("hosp/prescriptions.csv.gz", "pharmacy_id", "hosp/pharmacy.csv.gz", "pharmacy_id")]
    [InlineData("hosp/prescriptions.csv.gz", "poe_id", "hosp/poe.csv.gz", "poe_id")]
    [InlineData("hosp/emar.csv.gz", "pharmacy_id", "hosp/pharmacy.csv.gz", "pharmacy_id")]
    [InlineData("hosp/emar_detail.csv.gz", "emar_id", "hosp/emar.csv.gz", "emar_id")]
    [InlineData("hosp/poe_detail.csv.gz", "poe_id", "hosp/poe.csv.gz", "poe_id")]
    [InlineData("hosp/poe.csv.gz", "discontinue_of_poe_id", "hosp/poe.csv.gz", "poe_id")]
    [InlineData("hosp/admissions.csv.gz", "subject_id", "hosp/patients.csv.gz", "subject_id")]
    [InlineData("hosp/admissions.csv.gz", "admit_provider_id", "hosp/provider.csv.gz", "provider_id")]
    [InlineData("hosp/poe.csv.gz", "order_provider_id", "hosp/provider.csv.gz", "provider_id")]
    [InlineData("icu/chartevents.csv.gz", "caregiver_id", "icu/caregiver.csv.gz", "caregiver_id")]
    [InlineData("hosp/hcpcsevents.csv.gz", "hcpcs_cd", "hosp/d_hcpcs.csv.gz", "code")]
    [InlineData("hosp/diagnoses_icd.csv.gz", "icd_code", "hosp/d_icd_diagnoses.csv.gz", "icd_code")]
    [InlineData("hosp/procedures_icd.csv.gz", "icd_code", "hosp/d_icd_procedures.csv.gz", "icd_code")]
    [InlineData("ed/diagnosis.csv.gz", "icd_code", "hosp/d_icd_diagnoses.csv.gz", "icd_code")]
    [InlineData("ed/edstays.csv.gz", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("ed/triage.csv.gz", "stay_id", "ed/edstays.csv.gz", "stay_id")]
    [InlineData("ed/vitalsign.csv.gz", "stay_id", "ed/edstays.csv.gz", "stay_id")]
    [InlineData("ed/medrecon.csv.gz", "stay_id", "ed/edstays.csv.gz", "stay_id")]
    [InlineData("ed/pyxis.csv.gz", "stay_id", "ed/edstays.csv.gz", "stay_id")]
    [InlineData("note/discharge.csv.gz", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("note/radiology_detail.csv.gz", "note_id", "note/radiology.csv.gz", "note_id")]
    [InlineData("note/discharge_detail.csv.gz", "note_id", "note/discharge.csv.gz", "note_id")]
    [InlineData("truth/stays.csv", "hadm_id", "hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("truth/edstays.csv", "stay_id", "ed/edstays.csv.gz", "stay_id")]
    [InlineData("truth/icustays.csv", "stay_id", "icu/icustays.csv.gz", "stay_id")]
    public void Reference_InTable_IsFound(string file, string column, string target, string key)
    {
        var keys = CsvFile.Rows(small.Folder.File(target)).Select(r => r[key]).ToHashSet(StringComparer.Ordinal);
        var values = CsvFile.Rows(small.Folder.File(file)).Select(r => r[column]).Where(v => v.Length > 0).ToArray();
        values.ShouldNotBeEmpty();
        values.Where(v => !keys.Contains(v)).Distinct().Take(5).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hosp/admissions.csv.gz", "hadm_id")]
    [InlineData("ed/edstays.csv.gz", "stay_id")]
    [InlineData("icu/icustays.csv.gz", "stay_id")]
    [InlineData("hosp/transfers.csv.gz", "transfer_id")]
    [InlineData("hosp/pharmacy.csv.gz", "pharmacy_id")]
    [InlineData("hosp/poe.csv.gz", "poe_id")]
    [InlineData("hosp/emar.csv.gz", "emar_id")]
    [InlineData("note/discharge.csv.gz", "note_id")]
    [InlineData("note/radiology.csv.gz", "note_id")]
    public void Key_OfTable_IsUnique(string file, string column)
    {
        var keys = CsvFile.Rows(small.Folder.File(file)).Select(r => r[column]).ToArray();
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Length);
    }

    public sealed class Small : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Folder = await TemporaryFolder.WithHospital(new HospitalOptions { Patients = 120 });

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
