namespace EhrR1.Models;

/// <summary>Whether patients' data may leave the network, and why; it stands in every run.</summary>
public sealed record DataPolicy
{
    /// <summary>Whether an endpoint outside the network may be asked. The default value is <see langword="false"/>.</summary>
    public bool DataMayLeave { get; init; }

    /// <summary>Why the data may leave: an agreement, an approval, made-up patients. The default value is none, which allows nothing.</summary>
    public string? Reason { get; init; }
}
