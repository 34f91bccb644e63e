namespace EhrR1.Hospital;

/// <summary>Laboratory items that are ordered and drawn together.</summary>
internal sealed record LabPanel(
    string Name, string OrderType, string OrderSubtype, string Specimen, string Draw, double ResultMinutes, double Weight, IReadOnlyList<LabItem> Items)
{
    /// <summary>The panel's name beside things that are no panels: "HIV panel".</summary>
    public string FullName => Name + " panel";

    public static IReadOnlyList<LabPanel> ReadAll(IReadOnlyList<LabItem> items)
    {
        var byLabel = items.ToLookup(i => i.Label, StringComparer.Ordinal);
        var byId = items.ToLookup(i => i.ItemId);
        var byPanel = items.SelectMany(i => i.Panels.Select(p => (Panel: p, Item: i))).ToLookup(x => x.Panel, x => x.Item, StringComparer.Ordinal);
        return [.. ContentTable.Read("panels.tsv").Rows.Select(r => new LabPanel(
            r["panel"], r["order_type"], r["order_subtype"], r["specimen"], r["draw"],
            r.Number("result_minutes_mean", 60), r.Number("weight"),
            [.. r.List("items").SelectMany(name => int.TryParse(name, out var id) ? byId[id].Take(1) : byLabel[name].Take(1))
                .Concat(byPanel[r["panel"]]).Distinct()]))
            .Where(p => p.Items.Count > 0)];
    }
}
