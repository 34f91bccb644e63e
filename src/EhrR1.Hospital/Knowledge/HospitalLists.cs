namespace EhrR1.Hospital;

/// <summary>The hospital's own lists: care units, services, billing groups and the make-up of its patients.</summary>
internal sealed record HospitalLists(
    IReadOnlyList<CareUnit> CareUnits, IReadOnlyList<string> Services, IReadOnlyDictionary<string, string> ServiceNames, IReadOnlyList<(string Code, string Text)> Hcpcs,
    IReadOnlyList<(string Type, string Code, string Text, string Condition)> Drg, IReadOnlyDictionary<string, Weighted<string>> Demographics,
    IReadOnlyList<(string Vocabulary, string Code, string CcsCode, string CcsName)> Ccs)
{
    public static HospitalLists Read() => new(
        [.. ContentTable.Read("careunits.tsv").Rows.Select(r => new CareUnit(r[0], r["kind"], r.List("services"), r.Number("weight", 1)))],
        [.. ContentTable.Read("services.tsv").Rows.Select(r => r[0])],
        ContentTable.Read("services.tsv").Rows.ToDictionary(r => r[0], r => r["name"], StringComparer.Ordinal),
        [.. ContentTable.Read("hcpcs.tsv").Rows.Select(r => (r[0], r[1]))],
        [.. ContentTable.Read("drg.tsv").Rows.Select(r => (r["drg_type"], r["drg_code"], r["description"], r["conditions"]))],
        ContentTable.Read("demographics.tsv").Rows.GroupBy(r => r["kind"])
            .ToDictionary(g => g.Key, g => new Weighted<string>(g.Select(r => (r["value"], r.Number("weight", 1)))), StringComparer.Ordinal),
        [.. ContentTable.Read("maps_ccs.tsv").Rows.Select(r => (r["vocabulary"], r["code"], r["ccs_code"], r["ccs_name"]))]);

    public string DrawDemographic(string kind, Rng rng, string missing) =>
        Demographics.TryGetValue(kind, out var values) && values.Count > 0 ? values.Draw(rng) : missing;
}
