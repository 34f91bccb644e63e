namespace EhrR1.Charts;

/// <summary>How far a stage has come; stages report it through <see cref="IProgress{T}"/>, the command line shows it.</summary>
/// <param name="Stage">What is being done, in words for the user: "Reading labevents".</param>
/// <param name="Done">How many units are done.</param>
/// <param name="Total">How many there are, or <see langword="null"/> where it is not known.</param>
/// <param name="Unit">The unit in the plural: "rows", "patients", "samples".</param>
/// <param name="Note">What else is worth seeing meanwhile, or <see langword="null"/>.</param>
public readonly record struct StageProgress(string Stage, long Done, long? Total = null, string Unit = "patients", string? Note = null);
