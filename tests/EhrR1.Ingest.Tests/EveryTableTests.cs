using EhrR1.Charts;

namespace EhrR1.Ingest.Tests;

/// <summary>Each of the 30 event types arrives with its time, its moment of visibility, its stays and its columns.</summary>
public sealed class EveryTableTests(EveryTableTests.Built built) : IClassFixture<EveryTableTests.Built>
{
    [Theory]
    [InlineData("patients", "- -", "- -", "anchor_age=60; gender=F; anchor_year=2148; anchor_year_group=2011 - 2013; dod=2151-01-02 00:00:00")]
    [InlineData("admissions", "2150-03-01 10:00:00 2150-03-01 10:00:00", "20 -", "admission_type=EW EMER.; admission_location=EMERGENCY ROOM; admission_info=Chief Complaint: Chest pain\nHistory of Present Illness: Mr. ___ felt: unwell\nAllergies: Penicillins; dischtime=2150-03-05 15:00:00; discharge_location=HOME; race=WHITE; hospital_expire_flag=0")]
    [InlineData("transfers", "2150-03-01 10:05:00 2150-03-01 10:05:00", "20 -", "eventtype=admit; careunit=Medicine; transfer_id=7; outtime=2150-03-02 00:00:00")]
    [InlineData("services", "2150-03-01 10:06:00 2150-03-01 10:06:00", "20 -", "curr_service=CMED; prev_service=MED")]
    [InlineData("labevents", "2150-03-02 06:00:00 2150-03-02 07:00:00", "20 -", "item_name=Sodium; valuenum=140.0; valueuom=mEq/L; ref_range_lower=133.0; ref_range_upper=145.5; flag=abnormal; comments=___; itemid=50983; value=140; storetime=2150-03-02 07:00:00")]
    [InlineData("microbiologyevents", "2150-03-02 08:00:00 2150-03-04 08:00:00", "20 -", "test_name=URINE CULTURE; dilution_text=<=1; interpretation=S; comments=x; ab_name=CEFEPIME; spec_type_desc=URINE; org_name=ESCHERICHIA COLI; storetime=2150-03-04 08:00:00")]
    [InlineData("omr", "2150-03-03 00:00:00 2150-03-03 00:00:00", "- -", "result_name=Blood Pressure; result_value=110/65; seq_num=1")]
    [InlineData("pharmacy", "2150-03-01 11:00:00 2150-03-01 11:00:00", "20 -", "medication=Digoxin; proc_type=Unit Dose; status=Discontinued; pharmacy_id=70; starttime=2150-03-01 12:00:00; stoptime=2150-03-02 12:00:00; route=PO; frequency=DAILY")]
    [InlineData("poe", "2150-03-01 10:30:00 2150-03-01 10:30:00", "20 -", "order_type=Medications; order_subtype=IV; poe_id=10-1; transaction_type=New")]
    [InlineData("prescriptions", "2150-03-01 12:00:00 2150-03-01 12:00:00", "20 -", "drug=Digoxin; atc_type=digitalis glycosides; prod_strength=0.25mg Tablet; dose_val_rx=0.25; dose_unit_rx=mg; pharmacy_id=70; stoptime=2150-03-02 12:00:00; drug_type=MAIN; gsn=000015; ndc=24987026010; route=PO; atc_code=C01AA")]
    [InlineData("emar", "2150-03-01 13:00:00 2150-03-01 13:00:00", "20 -", "medication=Digoxin; event_txt=Administered; emar_id=10-5; pharmacy_id=70; scheduletime=2150-03-01 12:30:00; storetime=2150-03-01 13:01:00")]
    [InlineData("procedures_icd", "2150-03-02 00:00:00 2150-03-05 15:00:00", "20 -", "procedures=Performance of Cardiac Output, Continuous; ccs_type=Other vascular catheterization; seq_num=1; icd_code=5A1221Z; icd_version=10")]
    [InlineData("diagnoses_icd", "2150-03-05 14:59:00 2150-03-05 15:00:00", "20 -", "diagnoses=Unspecified septicemia; ccs_type=Septicemia (except in labor); seq_num=1; icd_code=0389; icd_version=9")]
    [InlineData("drgcodes", "2150-03-05 15:00:00 2150-03-05 15:00:00", "20 -", "drg_type=HCFA; drg_code=0291; description=HEART FAILURE; drg_severity=3; drg_mortality=2")]
    [InlineData("hcpcsevents", "2150-03-04 00:00:00 2150-03-04 00:00:00", "20 -", "hcpcs_cd=G0378; seq_num=1; short_description=Hospital observation per hr")]
    [InlineData("radiology", "2150-03-01 09:00:00 2150-03-01 12:00:00", "20 -", "note_type=RR; exam_name=['CHEST (PA & LAT)', 'AP\"X']; text=EXAMINATION: CHEST\nClear, \"as before\".; note_id=10-RR-1; storetime=2150-03-01 12:00:00")]
    [InlineData("discharge", "2150-03-05 00:00:00 2150-03-05 15:00:00", "20 -", "note_type=DS; text=" + SmallHospital.Note + "; note_id=10-DS-1; storetime=2150-03-06 00:00:00")]
    [InlineData("edstays", "2150-03-01 06:00:00 2150-03-01 06:00:00", "20 30", "gender=F; race=WHITE; outtime=2150-03-01 10:30:00; arrival_transport=WALK IN; disposition=ADMITTED")]
    [InlineData("triage", "2150-03-01 06:00:01 2150-03-01 06:00:01", "20 30", "temperature=98.6; heartrate=80.0; resprate=16.0; o2sat=99.0; sbp=120.0; dbp=70.0; pain=01; acuity=2.0; chiefcomplaint=Chest pain, Dyspnea")]
    [InlineData("medrecon", "2150-03-01 06:30:00 2150-03-01 06:30:00", "20 30", "name=acetaminophen; atc_type=anilides; gsn=4490; ndc=0; etcdescription=Analgesic; atc_code=N02BE")]
    [InlineData("pyxis", "2150-03-01 07:00:00 2150-03-01 07:00:00", "20 30", "name=Aspirin; gsn=001234")]
    [InlineData("vitalsign", "2150-03-01 07:30:00 2150-03-01 07:30:00", "20 30", "temperature=98.1; heartrate=81.0; sbp=118.0; pain=0; rhythm=Sinus")]
    [InlineData("diagnosis", "2150-03-01 10:30:00 2150-03-01 10:30:00", "20 30", "icd_title=HEART FAILURE, UNSPECIFIED; ccs_type=Congestive heart failure; seq_num=1; icd_code=I509; icd_version=10")]
    [InlineData("icustays", "2150-03-02 00:00:00 2150-03-02 00:00:00", "20 40", "outtime=2150-03-03 00:00:00; first_careunit=CCU; last_careunit=CCU")]
    [InlineData("chartevents", "2150-03-02 01:00:00 2150-03-02 01:00:00", "20 40", "item_name=Heart Rate; valuenum=88.0; valueuom=bpm; warning=0; itemid=220045; storetime=2150-03-02 01:10:00")]
    [InlineData("ingredientevents", "2150-03-02 02:00:00 2150-03-02 02:00:00", "20 40", "item_name=Sterile Water; amount=100.5; amountuom=ml; rate=100.5; rateuom=mL/hour; itemid=226221; endtime=2150-03-02 03:00:00; storetime=2150-03-02 02:10:00")]
    [InlineData("datetimeevents", "2150-03-02 04:00:00 2150-03-02 04:00:00", "20 40", "item_name=Dialysis Catheter Type; itemid=224183; value=2150-03-01 00:00:00; storetime=2150-03-02 04:10:00")]
    [InlineData("procedureevents", "2150-03-02 05:00:00 2150-03-02 05:00:00", "20 40", "item_name=Chest X-Ray; value=1.0; valueuom=None; location=RL; locationcategory=Chest; itemid=225459; endtime=2150-03-02 05:01:00; storetime=2150-03-02 05:05:00")]
    [InlineData("inputevents", "2150-03-02 06:00:00 2150-03-02 06:00:00", "20 40", "item_name=NaCl 0.9%; amount=250.0; amountuom=ml; rate=250.0; rateuom=mL/hour; itemid=225158; endtime=2150-03-02 07:00:00; storetime=2150-03-02 06:05:00")]
    [InlineData("outputevents", "2150-03-02 08:00:00 2150-03-02 08:00:00", "20 40", "item_name=Foley; value=300.0; valueuom=mL; itemid=226559; storetime=2150-03-02 08:05:00")]
    public void Chart_EventType_HasItsTimesStaysAndColumns(string type, string times, string stays, string columns)
    {
        var found = built.Charts[0].Events.Single(e => e.Type.Name == type);
        found.Count.ShouldBe(1);
        Build.Describe(found[0]).Trim().ShouldBe($"{times} {columns}".Trim());
        $"{Id(found.HadmId)} {Id(found.StayId)}".ShouldBe(stays);
    }

    [Fact]
    public void Chart_All_StandInTimeOrder()
        => built.Charts[0].Events.Select(e => e.Type.Name).ShouldBe(
        [
            "patients", "edstays", "triage", "medrecon", "pyxis", "vitalsign", "radiology", "admissions", "transfers", "services", "poe", "diagnosis", "pharmacy", "prescriptions", "emar",
            "procedures_icd", "icustays", "chartevents", "ingredientevents", "datetimeevents", "procedureevents", "labevents", "inputevents", "microbiologyevents", "outputevents",
            "omr", "hcpcsevents", "discharge", "diagnoses_icd", "drgcodes",
        ]);

    [Fact]
    public void Charts_OfEveryPatient_AreThere()
    {
        built.Charts.Select(c => c.SubjectId).ShouldBe([10, 11, 12]);
        built.Charts[2].Events.Count.ShouldBe(1);
        built.Result.Patients.ShouldBe(3);
        built.Result.Items.ShouldBe(built.Charts.Sum(c => c.ItemCount));
        built.Result.Events.ShouldBe(built.Charts.Sum(c => c.Events.Count));
    }

    [Fact]
    public void Labs_WithAndWithoutAStay_AreTwoEvents()
        => built.Charts[1].Events.Where(e => e.Type.Name == "labevents").Select(e => $"{Id(e.HadmId)} {ChartMarkdown.TextOf(e[0], e.Type["item_name"])} {ChartMarkdown.TextOf(e[0], e.Type["valuenum"])}")
            .ShouldBe(["21 Potassium 3.9", "- None 0.00001"]);

    [Fact]
    public void Record_OfTheBuild_HoldsInputsCountsCoverageAndOutputs()
    {
        var record = built.Result.Record;
        record.Warnings.ShouldBeEmpty();
        record.Inputs.Count.ShouldBe(41);
        record.Inputs["hosp/patients.csv.gz"]!["sha256"]!.ToString().ShouldBe(FileHash.OfFile(built.Folder.PathOf("source", "hosp", "patients.csv.gz")));
        record.Inputs["maps/atc_coding.csv.gz"]!["sha256"]!.ToString().ShouldBe(FileHash.OfFile(built.Folder.PathOf("source", "maps", "atc_coding.csv.gz")));
        record.Inputs["icu/d_items.csv.gz"]!["sha256"]!.ToString().ShouldBe(FileHash.OfFile(built.Folder.PathOf("source", "icu", "d_items.csv.gz")));
        record.Outputs.Count.ShouldBe(31);
        foreach (var output in record.Outputs)
            (FileHash.OfFile(built.Folder.PathOf("ws", output.Path)), new FileInfo(built.Folder.PathOf("ws", output.Path)).Length).ShouldBe((output.Sha256, output.Bytes));
        Build.Counts(built.Result, "labevents").ToJsonString().ShouldBe("""{"rows_in":3,"rows_out":3,"looked_up":{"item_name":{"rows":3,"found":2}}}""");
        record.Counts["maps"]!.ToJsonString().ShouldBe("""{"CCS diagnoses":{"diagnoses_icd":{"rows":1,"found":1,"share":1},"diagnosis":{"rows":1,"found":1,"share":1}},"CCS procedures":{"procedures_icd":{"rows":1,"found":1,"share":1}},"ATC":{"prescriptions":{"rows":1,"found":1,"share":1},"medrecon":{"rows":1,"found":1,"share":1}}}""");
    }

    [Fact]
    public void Workspace_AfterABuild_HoldsNothingButItsFiles()
        => Directory.EnumerateFileSystemEntries(built.Folder.PathOf("ws")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe([".lock", "charts", "workspace.json"]);

    private static string Id(long? id) => id?.ToString() ?? "-";

    public sealed class Built : IAsyncLifetime
    {
        internal TemporaryFolder Folder { get; } = new();

        internal List<PatientChart> Charts { get; private set; } = [];

        internal BuildResult Result { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Result = await Build.Run(SmallHospital.Make(), Folder);
            Charts = Build.Charts(Folder.PathOf("ws"));
        }

        public ValueTask DisposeAsync()
        {
            Folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
