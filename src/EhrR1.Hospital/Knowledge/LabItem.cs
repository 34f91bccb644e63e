namespace EhrR1.Hospital;

/// <summary>A laboratory item with its reference range, the distribution in healthy adults and its physiological bounds.</summary>
internal sealed record LabItem(
    int Index, int ItemId, string Label, string Fluid, string Category, string Unit, double? Low, double? High,
    double Mean, double Sd, int Decimals, IReadOnlyList<string> Panels, double Min, double Max, string Sex, Weighted<string> Texts)
{
    public bool IsNumeric => Sd > 0;

    public static IReadOnlyList<LabItem> ReadAll() =>
        [.. ContentTable.Read("laboratory.tsv").Rows.Select((r, at) => new LabItem(
            at, r.Int("itemid"), r["label"], r["fluid"], r["category"], r["unit"], r.Optional("low"), r.Optional("high"),
            r.Number("mean"), r.Number("sd"), r.Int("decimals"), r.List("panels"),
            r.Number("min", double.NegativeInfinity), r.Number("max", double.PositiveInfinity), r["sex"],
            new Weighted<string>(r.Weights("texts").Select(t => (t.Name, t.Weight)))))];
}
