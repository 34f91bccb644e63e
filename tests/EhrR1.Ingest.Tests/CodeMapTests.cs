namespace EhrR1.Ingest.Tests;

public sealed class CodeMapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AtcClass_OfADrug_IsThatOfItsNdcElseOfItsFirstGsnThatMaps()
    {
        (string Gsn, string Ndc, string Expected)[] cases =
        [
            ("", "24987026010", "digitalis glycosides"),
            ("", "904198261", "anilides"),
            ("004490", "24987026010", "digitalis glycosides"),
            ("000015", "0", "digitalis glycosides"),
            ("000015", "", "digitalis glycosides"),
            ("15", "00000000000", "digitalis glycosides"),
            ("15", "000", "digitalis glycosides"),
            ("000015", "99999999999", "digitalis glycosides"),
            ("999999 004490 000015", "0", "anilides"),
            ("000015,004490", "0", "digitalis glycosides"),
            ("999999", "0", "None"),
            ("", "0", "None"),
            ("", "249870260101", "None"),
            ("1000015", "0", "None"),
        ];
        var source = Drugs();
        source.Rows("hosp/prescriptions").Clear();
        source.Rows("ed/medrecon").Clear();
        foreach (var (gsn, ndc, _) in cases)
        {
            source.Row("hosp/prescriptions", ("subject_id", 10), ("hadm_id", 20), ("starttime", "2150-03-01 12:00:00"), ("drug", "x"), ("gsn", gsn), ("ndc", ndc));
            source.Row("ed/medrecon", ("subject_id", 10), ("stay_id", 30), ("charttime", "2150-03-01 07:00:00"), ("name", "x"), ("gsn", gsn), ("ndc", ndc));
        }

        await Build.Run(source, _folder);
        Build.Values(_folder, "prescriptions", "ATC Type").ShouldBe(cases.Select(c => c.Expected));
        Build.Values(_folder, "medrecon", "ATC Type").ShouldBe(cases.Select(c => c.Expected));
        Build.Values(_folder, "prescriptions", "gsn").ShouldBe(cases.Select(c => c.Gsn.Length == 0 ? "nan" : c.Gsn));
    }

    [Fact]
    public async Task AtcClass_GsnOfSeveralClasses_IsTheSmallestCode()
    {
        var source = Drugs().Cell("hosp/prescriptions", 0, "gsn", "000777").Cell("hosp/prescriptions", 0, "ndc", "0");
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000777"), ("atc", "N02BE01"), ("ndc", "11111111111"));
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000777"), ("atc", "C01AA05"), ("ndc", "22222222222"));
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000777"), ("atc", "N02BE01"), ("ndc", "33333333333"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "prescriptions", "atc_code").ShouldBe(["C01AA"]);
    }

    [Fact]
    public async Task AtcClass_NdcOrNameTwiceInTheMap_IsThatOfTheLastRow()
    {
        var source = Drugs();
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000888"), ("atc", "N02BE01"), ("ndc", "24987026010"));
        source.Row("maps/atc_coding", ("atc_code", "N02BE"), ("atc_name", "anilides, the later name"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "prescriptions", "ATC Type").ShouldBe(["anilides, the later name"]);
    }

    [Fact]
    public async Task AtcMap_RowsOfZeroNdc_GiveNoClassByNdc()
    {
        var source = Drugs().Cell("hosp/prescriptions", 0, "gsn", "").Cell("hosp/prescriptions", 0, "ndc", "0");
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000999"), ("atc", "N02BE01"), ("ndc", "0"));
        source.Row("maps/gsn_atc_ndc_mapping", ("gsn", "000998"), ("atc", "N02BE01"), ("ndc", "00000000000"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "prescriptions", "ATC Type").ShouldBe(["None"]);
    }

    [Fact]
    public async Task CcsCategory_CodeTwiceInTheMap_IsThatOfTheLastRow()
    {
        var source = Diagnoses();
        source.Row("maps/CCS_DX_mapping", ("category_code", "108"), ("code", "0389"), ("vocabulary_id", "ICD9CM"));
        source.Row("maps/CCS_DX_categories", ("category_code", "108"), ("category_desc", "The finer category"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "diagnoses_icd", "CCS Type").ShouldBe(["The finer category"]);
    }

    [Fact]
    public async Task CcsCategory_SameCodeInBothVersions_IsLookedUpByVersion()
    {
        var source = Diagnoses();
        source.Row("maps/CCS_DX_mapping", ("category_code", "108"), ("code", "0389"), ("vocabulary_id", "ICD10CM"));
        source.Row("hosp/diagnoses_icd", ("subject_id", 10), ("hadm_id", 20), ("seq_num", 2), ("icd_code", "0389"), ("icd_version", 10));
        await Build.Run(source, _folder);
        Build.Values(_folder, "diagnoses_icd", "CCS Type").ShouldBe(["Septicemia (except in labor)", "Congestive heart failure"]);
        Build.Values(_folder, "diagnoses_icd", "diagnoses").ShouldBe(["Unspecified septicemia", "None"]);
    }

    [Fact]
    public async Task CcsMap_TwoVocabulariesOfOneVersion_GiveEachRowOnce()
    {
        var source = Diagnoses();
        source.Row("maps/CCS_DX_mapping", ("category_code", "2"), ("code", "I509"), ("vocabulary_id", "ICD10"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "diagnosis", "CCS Type").ShouldBe(["Septicemia (except in labor)"]);
    }

    [Fact]
    public async Task Codes_WithLeadingZeros_KeepThem()
    {
        await Build.Run(SmallHospital.Make(), _folder);
        Build.Values(_folder, "diagnoses_icd", "icd_code").ShouldBe(["0389"]);
        Build.Values(_folder, "drgcodes", "drg_code").ShouldBe(["0291"]);
        Build.Values(_folder, "triage", "pain").ShouldBe(["01"]);
    }

    [Fact]
    public async Task ItemName_LabelTwiceInTheDictionary_IsThatOfTheLastRow()
    {
        var source = SmallHospital.Make().Only("hosp/labevents", "hosp/d_labitems");
        source.Row("hosp/d_labitems", ("itemid", 50983), ("label", "Sodium, the later label"));
        await Build.Run(source, _folder);
        Build.Values(_folder, "labevents", "item_name").ShouldBe(["Sodium, the later label", "Potassium", "None"]);
    }

    [Fact]
    public async Task Maps_NoFolder_NamesTheTasksThatAreLeftOut()
    {
        var result = await Build.Run(SmallHospital.Make().WithoutModule("maps"), _folder);
        result.Record.Counts["tasks_without_map"]!.AsArray().Select(t => (string)t!).ShouldBe(["diagnoses_ccs", "diagnosis_ccs", "procedures_ccs", "prescriptions_atc", "medrecon_atc"]);
        result.Record.Warnings.ShouldBe(
        [
            "There is no CCS diagnoses map: the tasks diagnoses_ccs and diagnosis_ccs are left out.",
            "There is no CCS procedures map: the tasks procedures_ccs are left out.",
            "There is no ATC map: the tasks prescriptions_atc and medrecon_atc are left out.",
        ]);
        Build.Values(_folder, "prescriptions", "ATC Type").ShouldBe(["None"]);
        Build.Values(_folder, "diagnoses_icd", "CCS Type").ShouldBe(["None"]);
        result.Record.Counts["maps"]!.ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public async Task Maps_OneFileMissing_LeavesOutThatMapAlone()
    {
        var result = await Build.Run(SmallHospital.Make().Without("maps/CCS_PCS_categories"), _folder);
        result.Record.Warnings.ShouldBe(["There is no CCS procedures map: the tasks procedures_ccs are left out."]);
        Build.Values(_folder, "procedures_icd", "CCS Type").ShouldBe(["None"]);
        Build.Values(_folder, "diagnoses_icd", "CCS Type").ShouldBe(["Septicemia (except in labor)"]);
    }

    [Fact]
    public async Task Maps_FolderNamedByTheUser_IsRead()
    {
        var source = SmallHospital.Make();
        source.Write(_folder.PathOf("source"));
        Directory.Move(_folder.PathOf("source", "maps"), _folder.PathOf("elsewhere"));
        var result = await Build.Run(_folder.PathOf("source"), _folder.PathOf("ws"), o => o with { Maps = _folder.PathOf("elsewhere") });
        result.Record.Warnings.ShouldBeEmpty();
        result.Record.Settings["maps"]!.ToString().ShouldBe(_folder.PathOf("elsewhere"));
    }

    private static SourceWriter Drugs() => SmallHospital.Make().Only("hosp/prescriptions", "ed/edstays", "ed/medrecon", "maps/atc_coding", "maps/gsn_atc_ndc_mapping");

    private static SourceWriter Diagnoses() => SmallHospital.Make().Only("hosp/diagnoses_icd", "hosp/d_icd_diagnoses", "ed/edstays", "ed/diagnosis", "maps/CCS_DX_mapping", "maps/CCS_DX_categories");
}
