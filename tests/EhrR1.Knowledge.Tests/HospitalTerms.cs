namespace EhrR1.Knowledge.Tests;

/// <summary>The terms of a synthetic hospital's charts by the kind of event, each with the number of its rows.</summary>
internal static class HospitalTerms
{
    public static IEnumerable<(string Event, IReadOnlyDictionary<string, int> Terms)> Of(string hospital)
    {
        var labs = Dictionary(hospital, "hosp/d_labitems.csv.gz", ["itemid"], "label");
        var items = Dictionary(hospital, "icu/d_items.csv.gz", ["itemid"], "label");
        var diagnoses = Dictionary(hospital, "hosp/d_icd_diagnoses.csv.gz", ["icd_code", "icd_version"], "long_title");
        var procedures = Dictionary(hospital, "hosp/d_icd_procedures.csv.gz", ["icd_code", "icd_version"], "long_title");
        yield return ("labevents", Count(hospital, "hosp/labevents.csv.gz", ["itemid"], labs));
        yield return ("diagnoses_icd", Count(hospital, "hosp/diagnoses_icd.csv.gz", ["icd_code", "icd_version"], diagnoses));
        yield return ("procedures_icd", Count(hospital, "hosp/procedures_icd.csv.gz", ["icd_code", "icd_version"], procedures));
        yield return ("diagnoses_ccs", Count(hospital, "maps/CCS_DX_categories.csv.gz", ["category_desc"]));
        yield return ("procedures_ccs", Count(hospital, "maps/CCS_PCS_categories.csv.gz", ["category_desc"]));
        yield return ("diagnosis", Count(hospital, "ed/diagnosis.csv.gz", ["icd_title"]));
        yield return ("prescriptions", Count(hospital, "hosp/prescriptions.csv.gz", ["drug"]));
        yield return ("emar", Count(hospital, "hosp/emar.csv.gz", ["medication"]));
        yield return ("pharmacy", Count(hospital, "hosp/pharmacy.csv.gz", ["medication"]));
        yield return ("medrecon", Count(hospital, "ed/medrecon.csv.gz", ["name"]));
        yield return ("medrecon classes", Count(hospital, "ed/medrecon.csv.gz", ["etcdescription"]));
        yield return ("pyxis", Count(hospital, "ed/pyxis.csv.gz", ["name"]));
        yield return ("prescriptions_atc", Count(hospital, "maps/atc_coding.csv.gz", ["atc_name"]));
        yield return ("microbiologyevents", Count(hospital, "hosp/microbiologyevents.csv.gz", ["test_name"]));
        yield return ("organisms", Count(hospital, "hosp/microbiologyevents.csv.gz", ["org_name"]));
        yield return ("antibiotics", Count(hospital, "hosp/microbiologyevents.csv.gz", ["ab_name"]));
        yield return ("radiology", BuiltInKnowledge.Rows(PathOf(hospital, "note/radiology_detail.csv.gz"), "field_name", "field_value").Where(r => r[0] == "exam_name").GroupBy(r => r[1]).ToDictionary(g => g.Key, g => g.Count()));
        foreach (var name in new[] { "chartevents", "datetimeevents", "ingredientevents", "inputevents", "outputevents", "procedureevents" })
            yield return (name, Count(hospital, $"icu/{name}.csv.gz", ["itemid"], items));
        yield return ("omr", Count(hospital, "hosp/omr.csv.gz", ["result_name"]));
        yield return ("services", Count(hospital, "hosp/services.csv.gz", ["curr_service"]));
        yield return ("transfers", Count(hospital, "hosp/transfers.csv.gz", ["careunit"]));
        yield return ("admissions", Count(hospital, "hosp/admissions.csv.gz", ["admission_type"]));
        yield return ("poe", Count(hospital, "hosp/poe.csv.gz", ["order_type"]));
        yield return ("triage", Count(hospital, "ed/triage.csv.gz", ["chiefcomplaint"]));
    }

    private static string PathOf(string hospital, string file) => Path.Combine(hospital, file);

    private static Dictionary<string, string> Dictionary(string hospital, string file, string[] keys, string value) =>
        BuiltInKnowledge.Rows(PathOf(hospital, file), [.. keys, value]).ToDictionary(r => string.Join('/', r[..^1]), r => r[^1], StringComparer.Ordinal);

    private static Dictionary<string, int> Count(string hospital, string file, string[] columns, Dictionary<string, string>? names = null) =>
        BuiltInKnowledge.Rows(PathOf(hospital, file), columns).Select(r => string.Join('/', r)).Where(t => t.Length > 0)
            .GroupBy(t => names is null ? t : names[t], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
