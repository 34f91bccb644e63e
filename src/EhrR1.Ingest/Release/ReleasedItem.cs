namespace EhrR1.Ingest;

/// <summary>One item of the release, read.</summary>
/// <param name="Time">The time that places it; <see langword="null"/> where the release gives its event none.</param>
/// <param name="Values">The values of the event type's columns, in their order: text, number, whole number, time, or labels as JSON.</param>
internal sealed record ReleasedItem(DateTime? Time, object?[] Values);
