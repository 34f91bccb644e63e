namespace EhrR1.Hospital;

/// <summary>An item of the ICU's flowsheet.</summary>
internal sealed record IcuItem(
    int Index, int ItemId, string Label, string Abbreviation, string LinksTo, string Category, string Unit, string ParamType,
    double Mean, double Sd, double? Low, double? High, int Decimals, double EveryHours, string Vital, string Lab,
    double Min, double Max, Weighted<string> Texts)
{
    /// <summary>The device without which the item is not charted.</summary>
    public IcuDevices Needs { get; } = IcuDeviceRules.Needed(Label, Category);

    public static IReadOnlyList<IcuItem> ReadAll() =>
        [.. ContentTable.Read("icu_items.tsv").Rows.Select((r, at) => new IcuItem(
            at, r.Int("itemid"), r["label"], r["abbreviation"], r["linksto"], r["category"], r["unit"], r["param_type"],
            r.Number("mean"), r.Number("sd"), r.Optional("low"), r.Optional("high"), r.Int("decimals"), r.Number("every_hours"), r["vital"], r["lab"],
            r.Number("min", double.NegativeInfinity), r.Number("max", double.PositiveInfinity), new Weighted<string>(r.Weights("texts").Select(t => (t.Name, t.Weight)))))];
}
