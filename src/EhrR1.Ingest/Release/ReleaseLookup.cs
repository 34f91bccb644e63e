using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A derived field that the release does not keep in its items but looks up when it writes a prompt, as data.</summary>
/// <param name="Type">The event type.</param>
/// <param name="Field">The derived field.</param>
/// <param name="Module">The module whose dictionary it is.</param>
/// <param name="File">The dictionary's name.</param>
/// <param name="Keys">The items' fields that make the key, which are columns of the dictionary too.</param>
/// <param name="Columns">The dictionary's key columns, in the order of <paramref name="Keys"/>.</param>
/// <param name="Value">The dictionary's column that holds the text.</param>
/// <remarks>Source: the dictionaries that the EHR-R1 release names for each event type.</remarks>
internal sealed record ReleaseLookup(EventType Type, string Field, string Module, string File, string[] Keys, string[] Columns, string Value)
{
    /// <summary>The dictionary of exam names, which is not kept in memory: it has a row a note.</summary>
    public const string ExamFile = "radiology_detail";

    private static readonly string[] _item = ["itemid"];
    private static readonly string[] _code = ["icd_version", "icd_code"];

    public static IReadOnlyList<ReleaseLookup> All { get; } =
    [
        Of("labevents", "item_name", "hosp", "d_labitems", _item, _item, "label"),
        .. new[] { "chartevents", "ingredientevents", "datetimeevents", "procedureevents", "inputevents", "outputevents" }.Select(t => Of(t, "item_name", "icu", "d_items", _item, _item, "label")),
        Of("diagnoses_icd", "diagnoses", "hosp", "d_icd_diagnoses", _code, _code, "long_title"),
        Of("diagnoses_icd", "CCS Type", "hosp", "d_ccs_diagnoses", _code, _code, "long_title"),
        Of("diagnosis", "CCS Type", "ed", "d_ccs_diagnoses", _code, _code, "long_title"),
        Of("procedures_icd", "procedures", "hosp", "d_icd_procedures", _code, _code, "long_title"),
        Of("procedures_icd", "CCS Type", "hosp", "d_ccs_procedures", _code, _code, "long_title"),
        Of("prescriptions", "ATC Type", "hosp", "d_atc_prescriptions", ["ndc"], ["ndc_code"], "atc_name"),
        Of("medrecon", "ATC Type", "ed", "d_atc_prescriptions", ["ndc"], ["ndc_code"], "atc_name"),
        Of("radiology", "exam_name", "note", ExamFile, ["note_id"], ["note_id"], "field_value"),
    ];

    /// <summary>The key of a row: its parts as text, whole numbers without the point that pandas gives them, drug codes of eleven digits.</summary>
    public static string KeyOf(IEnumerable<(string Column, string? Text)> parts) => string.Join('|', parts.Select(p => PartOf(p.Column, p.Text ?? "")));

    private static string PartOf(string column, string text)
    {
        var whole = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        return column is "ndc" or "ndc_code" ? whole.PadLeft(11, '0') : whole;
    }

    private static ReleaseLookup Of(string type, string field, string module, string file, string[] keys, string[] columns, string value) => new(EventCatalog.Get(type), field, module, file, keys, columns, value);
}
