namespace EhrR1.Hospital;

/// <summary>A procedure as billing codes it in both versions, and as the ICU charts it.</summary>
internal sealed record ProcedureCode(string Icd10, string Icd9, string Title10, string Title9, string IcuItem)
{
    public static IReadOnlyList<ProcedureCode> ReadAll() =>
        [.. ContentTable.Read("procedures.tsv").Rows.Select(r => new ProcedureCode(r["icd10pcs"], r["icd9"], r["title10"], r["title9"], r["icu_item"]))];
}
