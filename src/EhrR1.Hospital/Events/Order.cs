namespace EhrR1.Hospital;

/// <summary>A provider's order, numbered once all orders of the stay are known.</summary>
internal sealed class Order
{
    public required long Time { get; init; }
    public required string Type { get; init; }
    public string Subtype { get; init; } = "";
    public string Transaction { get; init; } = "New";
    public Order? Discontinues { get; init; }
    public Order? DiscontinuedBy { get; set; }
    public string Provider { get; init; } = "";
    public (string Field, string Value)? Detail { get; init; }
    public int Sequence { get; set; }
}
