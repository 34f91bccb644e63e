namespace EhrR1.Ingest;

/// <summary>Where a build keeps what it has read, until its charts are written.</summary>
/// <param name="Tables">The folder for what is finished; it outlives an interrupted build of the same input.</param>
/// <param name="Spill">The folder that sorting spills to; it is emptied at the start of a build.</param>
public sealed record StagingPlace(string Tables, string Spill);
