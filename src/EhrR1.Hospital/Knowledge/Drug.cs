namespace EhrR1.Hospital;

/// <summary>A drug as the hospital's pharmacy knows it.</summary>
internal sealed record Drug(
    string Name, string Gsn, string Ndc, string Atc, string AtcClass, string Strength, string Form, string Dose, string Unit,
    string Route, string Frequency, IReadOnlyList<string> Settings, string EdName)
{
    public bool IsFor(string setting) => Settings.Contains(setting);

    public bool IsIntravenous => Route.StartsWith("IV", StringComparison.Ordinal);

    public static IReadOnlyList<Drug> ReadAll() =>
        [.. ContentTable.Read("drugs.tsv").Rows.Select(r => new Drug(
            r["drug"], r["gsn"], r["ndc"], r["atc"], r["atc_class"], r["strength"], r["form"], r["dose"], r["unit"],
            r["route"], r["frequency"], r.List("setting"), r["brand_ed"].Length > 0 ? r["brand_ed"] : r["drug"]))];
}
