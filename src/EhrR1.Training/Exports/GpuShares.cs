namespace EhrR1.Training;

/// <summary>How stage 3 shares out a GPU's memory.</summary>
/// <param name="Training">The share that training has.</param>
/// <param name="Completions">The share that the engine which writes completions takes.</param>
/// <param name="IsColocated">Whether both have their shares at the same time.</param>
internal sealed record GpuShares(double Training, double Completions, bool IsColocated)
{
    /// <summary>The shares of an export.</summary>
    public static GpuShares Of(TrainingExportOptions options) => options switch
    {
        // verl empties vLLM's share before it trains.
        { Engine: ExportEngine.Verl } => new(1, 0.5, IsColocated: false),
        // On a node of its own vLLM takes what it takes by default.
        { Nodes: > 1 } => new(1, RolloutPlan.WholeShare, IsColocated: false),
        _ => new(0.7, 0.3, IsColocated: true),
    };
}
