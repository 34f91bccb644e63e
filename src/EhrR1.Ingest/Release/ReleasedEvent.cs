using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>One event of the release, read.</summary>
/// <param name="Type">The event type.</param>
/// <param name="HadmId">The hospital stay, or <see langword="null"/>.</param>
/// <param name="StayId">The ED or ICU stay of its first item, or <see langword="null"/>.</param>
/// <param name="Items">The items.</param>
internal sealed record ReleasedEvent(EventType Type, long? HadmId, long? StayId, IReadOnlyList<ReleasedItem> Items);
