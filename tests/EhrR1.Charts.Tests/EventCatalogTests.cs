namespace EhrR1.Charts.Tests;

public sealed class EventCatalogTests
{
    // The catalogue as the definition of charts lists it: module, event type, title, keys as a model reads them.
    private static readonly string[] _listed =
    [
        "hosp|patients|Patient Demographics|Anchor_Age, Gender",
        "hosp|admissions|Admissions|Admission_Type, Admission_Location, Admission_Info",
        "hosp|transfers|Transfers|Eventtype, Careunit",
        "hosp|services|Services|Curr_Service",
        "hosp|labevents|Labotary Test Events|Item_Name, Valuenum, Valueuom, Ref_Range_Lower, Ref_Range_Upper, Flag, Comments",
        "hosp|microbiologyevents|Microbiology Test Events|Test_Name, Dilution_Text, Interpretation, Comments, Ab_Name",
        "hosp|omr|Online Medical Record|Result_Name, Result_Value",
        "hosp|pharmacy|Pharmacy|Medication, Proc_Type, Status",
        "hosp|poe|Provider Order Entry|Order_Type, Order_Subtype",
        "hosp|prescriptions|Prescriptions|Drug, Atc Type, Prod_Strength, Dose_Val_Rx, Dose_Unit_Rx",
        "hosp|emar|Electronic Medicine Administration Record|Medication, Event_Txt",
        "hosp|procedures_icd|Procedures on International Classification of Diseases|Procedures, Ccs Type",
        "hosp|diagnoses_icd|Diagnoses on International Classification of Diseases|Diagnoses, Ccs Type",
        "hosp|drgcodes|Drgcodes|",
        "hosp|hcpcsevents|Hcpcs Events|",
        "note|radiology|Radiology Examinations|Note_Type, Exam_Name, Text",
        "note|discharge|Discharge|Note_Type, Text",
        "ed|edstays|EDstays|Gender, Race",
        "ed|triage|Triage|Temperature, Heartrate, Resprate, O2Sat, Sbp, Dbp, Pain, Acuity, Chiefcomplaint",
        "ed|medrecon|Medrecon|Name, Atc Type",
        "ed|pyxis|Pyxis|Name",
        "ed|vitalsign|Vitalsign|Temperature, Heartrate, Resprate, O2Sat, Sbp, Dbp, Pain, Rhythm",
        "ed|diagnosis|ED Diagnoses on International Classification of Diseases|Icd_Title, Ccs Type",
        "icu|icustays|ICUstays|",
        "icu|chartevents|Chart Events|Item_Name, Valuenum, Valueuom, Warning",
        "icu|ingredientevents|Ingredient Events|Item_Name, Amount, Amountuom, Rate, Rateuom",
        "icu|datetimeevents|Datetime Events|Item_Name",
        "icu|procedureevents|Procedure Events|Item_Name, Value, Valueuom, Location, Locationcategory",
        "icu|inputevents|Input Events|Item_Name, Amount, Amountuom, Rate, Rateuom",
        "icu|outputevents|Output Events|Item_Name, Value, Valueuom",
    ];

    private static readonly string[] _numbers =
    [
        "valuenum", "ref_range_lower", "ref_range_upper", "amount", "rate", "temperature", "heartrate", "resprate", "o2sat", "sbp", "dbp", "acuity",
    ];

    private static readonly string[] _derived = ["item_name", "diagnoses", "procedures", "CCS Type", "ATC Type", "exam_name", "admission_info"];

    [Fact]
    public void Types_All_AreThoseOfTheDefinition()
        => EventCatalog.Types.Select(t => $"{t.Module.ToString().ToLowerInvariant()}|{t.Name}|{t.DisplayName}|{string.Join(", ", t.Fields.Select(f => f.Key))}")
            .Order(StringComparer.Ordinal).ShouldBe(_listed.Order(StringComparer.Ordinal));

    [Fact]
    public void Types_ByRank_StandInTheOrderOfSimultaneousRows()
        => EventCatalog.Types.Select(t => t.Name).ShouldBe(
        [
            "patients",
            "admissions", "diagnoses_icd", "drgcodes", "emar", "hcpcsevents", "labevents", "microbiologyevents", "omr", "pharmacy", "poe", "prescriptions", "procedures_icd", "services", "transfers",
            "discharge", "radiology",
            "diagnosis", "edstays", "medrecon", "pyxis", "triage", "vitalsign",
            "icustays", "chartevents", "datetimeevents", "ingredientevents", "inputevents", "outputevents", "procedureevents",
        ]);

    [Fact]
    public void Rank_OfEachType_IsItsIndex() => EventCatalog.Types.Select(t => t.Rank).ShouldBe(Enumerable.Range(0, 30));

    [Fact]
    public void IsShown_OfDrgCodesAndHcpcs_IsFalse()
        => EventCatalog.Types.Where(t => !t.IsShown).Select(t => t.Name).ShouldBe(["drgcodes", "hcpcsevents"], ignoreOrder: true);

    [Fact]
    public void Fields_ThatAreNumbers_AreThoseOfTheDefinition()
    {
        foreach (var type in EventCatalog.Types)
        {
            foreach (var field in type.Fields)
            {
                var isNumber = _numbers.Contains(field.Name) || field.Name == "value" && type.Name is "procedureevents" or "outputevents" && field.Name == "value";
                (field.Kind == FieldKind.Number).ShouldBe(isNumber, $"{type.Name}.{field.Name}");
            }
        }
    }

    [Fact]
    public void Fields_ThatAreDerived_AreThoseOfTheDefinition()
    {
        foreach (var field in EventCatalog.Types.SelectMany(t => t.Fields))
            field.IsDerived.ShouldBe(_derived.Contains(field.Name), field.Name);
    }

    [Fact]
    public void Columns_OfEachType_HaveNamesOfTheirOwn()
    {
        foreach (var type in EventCatalog.Types)
            type.Columns.Select(c => c.Column).Concat(ChartSchema.CommonColumns.Select(c => c.Name)).ShouldBeUnique(type.Name);
    }

    [Fact]
    public void Get_UnknownName_Throws() => Should.Throw<KeyNotFoundException>(() => EventCatalog.Get("labs")).Message.ShouldContain("labs");

    [Fact]
    public void Indexer_UnknownColumn_Throws() => Should.Throw<KeyNotFoundException>(() => EventCatalog.Get("omr")["value"]).Message.ShouldContain("omr");
}
