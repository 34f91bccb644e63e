namespace EhrR1.Reasoning;

/// <summary>How many samples of a task got chains.</summary>
/// <param name="Task">The task.</param>
/// <param name="Samples">Samples with a graph, or of a risk that is weighed.</param>
/// <param name="Asked">Of these, samples that the teacher was asked about.</param>
/// <param name="Answered">Of these, samples that the teacher wrote about.</param>
/// <param name="Chains">Chains that were written.</param>
/// <param name="CutOff">Chains that ended at the limit of new tokens.</param>
/// <param name="Filtered">Chains that the endpoint's filter cut.</param>
public sealed record SynthesisTask(string Task, long Samples, long Asked, long Answered, long Chains, long CutOff, long Filtered)
{
    /// <summary>Samples whose graph has no path, which are not asked about where the prompt shows paths. The default value is 0.</summary>
    public long WithoutPaths { get; init; }
}
