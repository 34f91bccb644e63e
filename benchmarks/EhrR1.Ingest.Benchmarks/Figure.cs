namespace EhrR1.Ingest.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="What">What was done, in words.</param>
/// <param name="Units">How many rows, items or charts it went over.</param>
/// <param name="Unit">Rows, items or charts.</param>
/// <param name="WallSeconds">Time on the wall.</param>
/// <param name="ProcessorSeconds">Time of all processors.</param>
/// <param name="PeakBytes">The process's largest resident memory.</param>
/// <param name="Note">More, in words.</param>
internal sealed record Figure(string What, long Units, string Unit, double WallSeconds, double ProcessorSeconds, long PeakBytes, string Note = "");
