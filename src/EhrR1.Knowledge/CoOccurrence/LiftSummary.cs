using System.Text.Json.Serialization;

namespace EhrR1.Knowledge;

/// <summary>What the co-occurrence table holds.</summary>
/// <param name="Tasks">The tasks in the order of the catalogue; those without a sample are left out.</param>
/// <param name="Spills">How often pairs were written to disk because the memory was full; not part of the stored summary, which no setting of the machine changes.</param>
public sealed record LiftSummary(IReadOnlyList<LiftTaskSummary> Tasks, [property: JsonIgnore] int Spills = 0);
