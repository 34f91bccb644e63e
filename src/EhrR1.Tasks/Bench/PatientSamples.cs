using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>The samples of one patient with the chart that they were made of.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Samples">The samples in chart order.</param>
public sealed record PatientSamples(PatientChart Chart, IReadOnlyList<Sample> Samples);
