using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The codes that stand beside a term in its item.</summary>
internal static class EventCodes
{
    /// <summary>The codes of a field's value, the most specific first.</summary>
    public static IReadOnlyList<ConceptCode> Of(EventItem item, EventField field) => (item.Type.Name, field.Name) switch
    {
        (_, "CCS Type") => [],
        ("prescriptions" or "medrecon", "ATC Type") => DrugClass(item),
        ("prescriptions" or "medrecon", _) => [.. Products(item), .. DrugClass(item)],
        ("pyxis", _) => Formulary(item),
        ("diagnoses_icd" or "diagnosis", _) => Icd(item, "ICD9CM", "ICD10CM"),
        ("procedures_icd", _) => Icd(item, "ICD9PROC", "ICD10PCS"),
        ("labevents", _) => Item(item, "MIMICLAB"),
        ("chartevents" or "inputevents" or "outputevents" or "procedureevents" or "datetimeevents" or "ingredientevents", _) => Item(item, "MIMICITEM"),
        _ => [],
    };

    private static ConceptCode[] Item(EventItem item, string vocabulary) =>
        item.Integer("itemid") is { } number ? [new ConceptCode(vocabulary, number.ToString(CultureInfo.InvariantCulture))] : [];

    private static ConceptCode[] Icd(EventItem item, string ninth, string tenth) => (item.Text("icd_code")?.Trim(), item.Integer("icd_version")) switch
    {
        ({ Length: > 0 } code, 9) => [new ConceptCode(ninth, code)],
        ({ Length: > 0 } code, 10) => [new ConceptCode(tenth, code)],
        _ => [],
    };

    private static ConceptCode[] DrugClass(EventItem item) => item.Text("atc_code")?.Trim() is { Length: > 0 } code ? [new ConceptCode("ATC", code)] : [];

    private static IEnumerable<ConceptCode> Products(EventItem item)
    {
        // NDC 0 stands for "none" in MIMIC-IV.
        if (item.Text("ndc")?.Trim() is { Length: > 0 } ndc && ndc.AsSpan().ContainsAnyExcept('0', '.', '-'))
            yield return new ConceptCode("NDC", ndc);
        foreach (var code in Formulary(item))
            yield return code;
    }

    private static ConceptCode[] Formulary(EventItem item) =>
        [.. (item.Text("gsn") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(g => g.AsSpan().Trim('0').Length > 0).Distinct().Select(g => new ConceptCode("GSN", g.PadLeft(6, '0')))];
}
