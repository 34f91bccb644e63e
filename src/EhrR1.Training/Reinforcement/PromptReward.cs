namespace EhrR1.Training;

/// <summary>The mean reward of a prompt's completions.</summary>
/// <param name="SampleId">The sample's id.</param>
/// <param name="SubjectId">The patient.</param>
/// <param name="Reward">The mean.</param>
public sealed record PromptReward(string SampleId, long SubjectId, double Reward);
