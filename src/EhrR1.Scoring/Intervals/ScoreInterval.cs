namespace EhrR1.Scoring;

/// <summary>A score with its confidence interval.</summary>
/// <param name="Value">The score; NaN where it is not defined.</param>
/// <param name="Low">Lower bound; NaN where no replicate is defined.</param>
/// <param name="High">Upper bound; NaN where no replicate is defined.</param>
/// <param name="Level">Coverage aimed at, such as 0.95.</param>
/// <param name="Undefined">Replicates that were left out because the score was not defined in them; where they are many
/// the interval says little.</param>
public readonly record struct ScoreInterval(double Value, double Low, double High, double Level, int Undefined);
