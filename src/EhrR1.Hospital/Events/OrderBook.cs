namespace EhrR1.Hospital;

/// <summary>Numbers the orders of a stay in the order of time and writes poe and poe_detail.</summary>
internal sealed class OrderBook(EncounterRecord record)
{
    public void Write()
    {
        if (!record.Encounter.IsAdmitted)
            return;
        var patient = record.Patient;
        var sorted = record.Orders.Index().OrderBy(o => o.Item.Time).ThenBy(o => o.Index).Select(o => o.Item).ToArray();
        foreach (var order in sorted)
            order.Sequence = ++patient.PoeSequence;
        var poe = record.Tables[Table.Poe];
        foreach (var order in sorted)
        {
            poe.Text(Id(order)).Int(order.Sequence).Int(patient.SubjectId).Int(record.Encounter.HadmId).Time(order.Time).Text(order.Type).Text(Blank(order.Subtype))
                .Text(order.Transaction).Text(order.Discontinues is { } old ? Id(old) : null).Text(order.DiscontinuedBy is { } by ? Id(by) : null)
                .Text(Blank(order.Provider)).Text("Inactive").End();
            if (order.Detail is { } detail)
                record.Tables[Table.PoeDetail].Text(Id(order)).Int(order.Sequence).Int(patient.SubjectId).Text(detail.Field).Text(detail.Value).End();
        }
    }

    public string Id(Order order) => $"{record.Patient.SubjectId}-{order.Sequence}";

    private static string? Blank(string text) => text.Length == 0 ? null : text;
}
