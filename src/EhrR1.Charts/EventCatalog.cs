using static EhrR1.Charts.FieldKind;

namespace EhrR1.Charts;

/// <summary>The 30 event types of a chart, as data: their titles, their fields, and what is kept beside them.</summary>
/// <remarks>
/// Source: the EHR-R1 paper (arXiv 2510.25628) and its release; table and column names are MIMIC-IV's.
/// Immutable and safe for use by any number of threads.
/// </remarks>
public static class EventCatalog
{
    private static readonly EventType[] _types = Ranked(
    [
        Type(EventModule.Hosp, "patients", "Patient Demographics", [F("anchor_age", Integer), T("gender")],
            [F("anchor_year", Integer), T("anchor_year_group"), F("dod", Time)]),
        Type(EventModule.Hosp, "admissions", "Admissions", [T("admission_type"), T("admission_location"), D("admission_info")],
            [F("dischtime", Time), F("deathtime", Time), T("discharge_location"), T("insurance"), T("language"), T("marital_status"), T("race"), F("edregtime", Time), F("edouttime", Time), F("hospital_expire_flag", Integer)]),
        Type(EventModule.Hosp, "transfers", "Transfers", [T("eventtype"), T("careunit")],
            [F("transfer_id", Integer), F("outtime", Time)]),
        Type(EventModule.Hosp, "services", "Services", [T("curr_service")], [T("prev_service")]),

        // "Labotary" is the published spelling: models were trained on it, so it is data, not a slip.
        Type(EventModule.Hosp, "labevents", "Labotary Test Events", [D("item_name"), N("valuenum"), T("valueuom"), N("ref_range_lower"), N("ref_range_upper"), T("flag"), T("comments")],
            [F("itemid", Integer), T("value"), F("storetime", Time)]),
        Type(EventModule.Hosp, "microbiologyevents", "Microbiology Test Events", [T("test_name"), T("dilution_text"), T("interpretation"), T("comments"), T("ab_name")],
            [T("spec_type_desc"), T("org_name"), F("storetime", Time)]),
        Type(EventModule.Hosp, "omr", "Online Medical Record", [T("result_name"), T("result_value")], [F("seq_num", Integer)]),
        Type(EventModule.Hosp, "pharmacy", "Pharmacy", [T("medication"), T("proc_type"), T("status", FieldVisibility.Never)],
            [F("pharmacy_id", Integer), F("starttime", Time), F("stoptime", Time), T("route"), T("frequency")]),
        Type(EventModule.Hosp, "poe", "Provider Order Entry", [T("order_type"), T("order_subtype")], [T("poe_id"), T("transaction_type")]),
        Type(EventModule.Hosp, "prescriptions", "Prescriptions", [T("drug"), D("ATC Type"), T("prod_strength"), T("dose_val_rx"), T("dose_unit_rx")],
            [F("pharmacy_id", Integer), F("stoptime", Time), T("drug_type"), T("gsn"), T("ndc"), T("route"), T("atc_code")]),
        Type(EventModule.Hosp, "emar", "Electronic Medicine Administration Record", [T("medication"), T("event_txt")],
            [T("emar_id"), F("pharmacy_id", Integer), F("scheduletime", Time), F("storetime", Time)]),
        Type(EventModule.Hosp, "procedures_icd", "Procedures on International Classification of Diseases", [D("procedures"), D("CCS Type")],
            [F("seq_num", Integer), T("icd_code"), F("icd_version", Integer)]),
        Type(EventModule.Hosp, "diagnoses_icd", "Diagnoses on International Classification of Diseases", [D("diagnoses"), D("CCS Type")],
            [F("seq_num", Integer), T("icd_code"), F("icd_version", Integer)]),
        Type(EventModule.Hosp, "drgcodes", "Drgcodes", [], [T("drg_type"), T("drg_code"), T("description"), T("drg_severity"), T("drg_mortality")], isShown: false),
        Type(EventModule.Hosp, "hcpcsevents", "Hcpcs Events", [], [T("hcpcs_cd"), F("seq_num", Integer), T("short_description")], isShown: false),

        Type(EventModule.Note, "radiology", "Radiology Examinations", [T("note_type"), D("exam_name", Labels), T("text")], [T("note_id"), F("storetime", Time)]),
        Type(EventModule.Note, "discharge", "Discharge", [T("note_type"), T("text")], [T("note_id"), F("storetime", Time)]),

        Type(EventModule.Ed, "edstays", "EDstays", [T("gender"), T("race")], [F("outtime", Time), T("arrival_transport"), T("disposition")]),
        Type(EventModule.Ed, "triage", "Triage", [N("temperature"), N("heartrate"), N("resprate"), N("o2sat"), N("sbp"), N("dbp"), T("pain"), N("acuity"), T("chiefcomplaint")], []),
        Type(EventModule.Ed, "medrecon", "Medrecon", [T("name"), D("ATC Type")], [T("gsn"), T("ndc"), T("etcdescription"), T("atc_code")]),
        Type(EventModule.Ed, "pyxis", "Pyxis", [T("name")], [T("gsn")]),
        Type(EventModule.Ed, "vitalsign", "Vitalsign", [N("temperature"), N("heartrate"), N("resprate"), N("o2sat"), N("sbp"), N("dbp"), T("pain"), T("rhythm")], []),
        Type(EventModule.Ed, "diagnosis", "ED Diagnoses on International Classification of Diseases", [T("icd_title"), D("CCS Type")],
            [F("seq_num", Integer), T("icd_code"), F("icd_version", Integer)]),

        Type(EventModule.Icu, "icustays", "ICUstays", [], [F("outtime", Time), T("first_careunit"), T("last_careunit")]),
        Type(EventModule.Icu, "chartevents", "Chart Events", [D("item_name"), N("valuenum"), T("valueuom"), T("warning")], [F("itemid", Integer), F("storetime", Time)]),
        Type(EventModule.Icu, "ingredientevents", "Ingredient Events", [D("item_name"), N("amount", FieldVisibility.FromEnd), T("amountuom"), N("rate"), T("rateuom")],
            [F("itemid", Integer), F("endtime", Time), F("storetime", Time)]),
        Type(EventModule.Icu, "datetimeevents", "Datetime Events", [D("item_name")], [F("itemid", Integer), T("value"), F("storetime", Time)]),
        Type(EventModule.Icu, "procedureevents", "Procedure Events", [D("item_name"), N("value", FieldVisibility.FromEnd), T("valueuom"), T("location"), T("locationcategory")],
            [F("itemid", Integer), F("endtime", Time), F("storetime", Time)]),
        Type(EventModule.Icu, "inputevents", "Input Events", [D("item_name"), N("amount", FieldVisibility.FromEnd), T("amountuom"), N("rate"), T("rateuom")],
            [F("itemid", Integer), F("endtime", Time), F("storetime", Time)]),
        Type(EventModule.Icu, "outputevents", "Output Events", [D("item_name"), N("value"), T("valueuom")], [F("itemid", Integer), F("storetime", Time)]),
    ]);

    private static readonly Dictionary<string, EventType> _byName = _types.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>All event types in the order of their <see cref="EventType.Rank"/>.</summary>
    public static IReadOnlyList<EventType> Types => _types;

    /// <summary>The event type of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such event type.</exception>
    public static EventType Get(string name) => _byName.TryGetValue(name, out var type)
        ? type
        : throw new KeyNotFoundException($"There is no event type '{name}'.");

    /// <summary>Finds the event type of a name.</summary>
    public static bool TryGet(string name, out EventType? type) => _byName.TryGetValue(name, out type);

    private static EventType Type(EventModule module, string name, string displayName, EventField[] fields, EventField[] attributes, bool isShown = true)
        => new(module, name, displayName, isShown, fields, attributes);

    private static EventField T(string name, FieldVisibility visibility = FieldVisibility.WithItem) => new(name, Text, isDerived: false, visibility);

    private static EventField N(string name, FieldVisibility visibility = FieldVisibility.WithItem) => new(name, Number, isDerived: false, visibility);

    private static EventField F(string name, FieldKind kind) => new(name, kind, isDerived: false, FieldVisibility.WithItem);

    private static EventField D(string name, FieldKind kind = Text) => new(name, kind, isDerived: true, FieldVisibility.WithItem);

    private static EventType[] Ranked(EventType[] types)
    {
        var ranked = types
            .OrderBy(t => t.Name == "patients" ? 0 : 1)
            .ThenBy(t => t.Module)
            .ThenBy(t => t.Name == "icustays" ? 0 : 1)
            .ThenBy(t => t.Name, StringComparer.Ordinal)
            .ToArray();
        for (var rank = 0; rank < ranked.Length; rank++)
            ranked[rank].Rank = rank;
        return ranked;
    }
}
