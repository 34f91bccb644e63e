using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>The MIMIC-IV tables that become events, as data.</summary>
/// <remarks>
/// Source: MIMIC-IV's documentation and the EHR-R1 release; what makes a row visible is the strict profile's rule:
/// results from their storetime, discharge notes, diagnoses and procedures from the end of the stay.
/// </remarks>
internal static class MimicTables
{
    private const string StayAdmission = "LEFT JOIN stay_end a ON a.hadm_id = s.hadm_id";
    private const string StayEd = "LEFT JOIN ed_stay e ON e.stay_id = s.stay_id";
    private static readonly (string, string)[] _hadm = [("hadm_id", "BIGINT")];
    private static readonly (string, string)[] _ed = [("stay_id", "BIGINT")];

    public static IReadOnlyList<MimicTable> All { get; } =
    [
        new() { Type = Of("patients"), Time = "NULL", HadmId = "NULL::BIGINT", Optional = ["anchor_year_group"] },
        new()
        {
            Type = Of("admissions"), Time = "s.admittime", Keys = With(_hadm, "admittime"),
            Optional = ["discharge_location", "insurance", "language", "marital_status", "race", "edregtime", "edouttime"],
            Join = "LEFT JOIN admission_history h ON h.hadm_id = s.hadm_id", Expressions = Map(("admission_info", "h.admission_info")),
        },
        new() { Type = Of("transfers"), Time = "s.intime", Keys = With(_hadm, "intime"), Optional = ["transfer_id", "outtime"] },
        new() { Type = Of("services"), Time = "s.transfertime", Keys = With(_hadm, "transfertime"), Optional = ["prev_service"] },
        new()
        {
            Type = Of("labevents"), Time = "s.charttime", VisibleFrom = "s.storetime", Keys = With(_hadm, "charttime"),
            Join = "LEFT JOIN lab_item i ON i.itemid = s.itemid", Expressions = Map(("item_name", "i.label")), Optional = ["value"],
        },
        new()
        {
            Type = Of("microbiologyevents"), Time = "coalesce(s.charttime, s.chartdate)", VisibleFrom = "s.storetime",
            Keys = With(_hadm, "charttime", "chartdate"), Optional = ["spec_type_desc", "org_name"],
        },
        new() { Type = Of("omr"), Time = "s.chartdate", HadmId = "NULL::BIGINT", Keys = With([], "chartdate"), Optional = ["seq_num"] },
        new() { Type = Of("pharmacy"), Time = "s.entertime", Keys = With(_hadm, "entertime"), Optional = ["pharmacy_id", "starttime", "stoptime", "route", "frequency"] },
        new() { Type = Of("poe"), Time = "s.ordertime", Keys = With(_hadm, "ordertime"), Optional = ["poe_id", "transaction_type"] },
        new()
        {
            Type = Of("prescriptions"), Time = "s.starttime", Keys = With(_hadm, "starttime"), Optional = ["pharmacy_id", "stoptime", "drug_type", "route"],
            Join = AtcJoin, Expressions = AtcColumns,
        },
        new() { Type = Of("emar"), Time = "s.charttime", Keys = With(_hadm, "charttime"), Optional = ["emar_id", "pharmacy_id", "scheduletime", "storetime"] },
        new()
        {
            Type = Of("procedures_icd"), Time = "s.chartdate", VisibleFrom = "a.dischtime", Keys = With(_hadm, "chartdate"), Optional = ["seq_num"],
            Join = StayAdmission + IcdJoin("d_icd_procedure", "ccs_procedure"), Expressions = Map(("procedures", "t.long_title"), ("CCS Type", "c.name")),
        },
        new()
        {
            Type = Of("diagnoses_icd"), Time = "a.dischtime - INTERVAL 1 MINUTE", VisibleFrom = "a.dischtime", Keys = _hadm, Optional = ["seq_num"],
            Join = StayAdmission + IcdJoin("d_icd_diagnosis", "ccs_diagnosis"), Expressions = Map(("diagnoses", "t.long_title"), ("CCS Type", "c.name")),
            UntimedReason = "no admission to take its time from",
        },
        new()
        {
            Type = Of("drgcodes"), Time = "a.dischtime", Keys = _hadm, Join = StayAdmission, Optional = ["description", "drg_severity", "drg_mortality"],
            UntimedReason = "no admission to take its time from",
        },
        new() { Type = Of("hcpcsevents"), Time = "s.chartdate", Keys = With(_hadm, "chartdate"), Optional = ["seq_num", "short_description"] },
        new()
        {
            Type = Of("radiology"), Time = "s.charttime", VisibleFrom = "s.storetime", Keys = With(_hadm, "charttime"),
            Join = "LEFT JOIN exam_name x ON x.note_id = s.note_id", Expressions = Map(("exam_name", "x.names")),
        },
        new() { Type = Of("discharge"), Time = "s.charttime", VisibleFrom = "a.dischtime", Keys = With(_hadm, "charttime"), Join = StayAdmission },
        new() { Type = Of("edstays"), Time = "s.intime", StayId = "s.stay_id", Keys = With([.. _hadm, .. _ed], "intime"), Optional = ["arrival_transport"] },
        new()
        {
            Type = Of("triage"), Time = "e.intime + INTERVAL 1 SECOND", HadmId = "e.hadm_id", StayId = "s.stay_id", Keys = _ed, Join = StayEd,
            UntimedReason = "no ED stay to take its time from",
        },
        new()
        {
            Type = Of("medrecon"), Time = "s.charttime", HadmId = "e.hadm_id", StayId = "s.stay_id", Keys = With(_ed, "charttime"), Optional = ["etcdescription"],
            Join = StayEd + " " + AtcJoin, Expressions = AtcColumns,
        },
        new() { Type = Of("pyxis"), Time = "s.charttime", HadmId = "e.hadm_id", StayId = "s.stay_id", Keys = With(_ed, "charttime"), Join = StayEd, Optional = ["gsn"] },
        new() { Type = Of("vitalsign"), Time = "s.charttime", HadmId = "e.hadm_id", StayId = "s.stay_id", Keys = With(_ed, "charttime"), Join = StayEd },
        new()
        {
            Type = Of("diagnosis"), Time = "e.outtime", HadmId = "e.hadm_id", StayId = "s.stay_id", Keys = _ed, Optional = ["seq_num"],
            Join = StayEd + " LEFT JOIN ccs_diagnosis c ON c.code = s.icd_code AND c.version = s.icd_version", Expressions = Map(("CCS Type", "c.name")),
            UntimedReason = "no ED stay with an end to take its time from",
        },
        new() { Type = Of("icustays"), Time = "s.intime", StayId = "s.stay_id", Keys = With([.. _hadm, .. _ed], "intime"), Optional = ["first_careunit", "last_careunit"] },
        Icu("chartevents", "charttime"),
        Icu("ingredientevents", "starttime"),
        Icu("datetimeevents", "charttime"),
        Icu("procedureevents", "starttime"),
        Icu("inputevents", "starttime"),
        Icu("outputevents", "charttime"),
    ];

    private static string AtcJoin => "LEFT JOIN ndc_class n ON n.ndc = s.ndc LEFT JOIN gsn_class g ON g.gsn = s.gsn";

    private static Dictionary<string, string> AtcColumns => Map(("ATC Type", "CASE WHEN n.name IS NOT NULL THEN n.name ELSE g.name END"), ("atc_code", "CASE WHEN n.name IS NOT NULL THEN n.code ELSE g.code END"));

    private static MimicTable Icu(string table, string time) => new()
    {
        Type = Of(table), Time = $"s.{time}", StayId = "s.stay_id", Keys = With([.. _hadm, .. _ed], time), Optional = ["storetime"],
        Join = "LEFT JOIN icu_item i ON i.itemid = s.itemid", Expressions = Map(("item_name", "i.label")),
    };

    private static string IcdJoin(string titles, string classes) =>
        $" LEFT JOIN {titles} t ON t.icd_code = s.icd_code AND t.icd_version = s.icd_version LEFT JOIN {classes} c ON c.code = s.icd_code AND c.version = s.icd_version";

    private static EventType Of(string name) => EventCatalog.Get(name);

    private static (string, string)[] With((string, string)[] keys, params string[] times) => [.. keys, .. times.Select(t => (t, "TIMESTAMP"))];

    private static Dictionary<string, string> Map(params (string Column, string Sql)[] columns) => columns.ToDictionary(c => c.Column, c => c.Sql, StringComparer.Ordinal);
}
