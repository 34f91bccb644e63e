using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>A prompt of reinforcement learning, and what its completions are held against.</summary>
/// <param name="SampleId">The sample's id.</param>
/// <param name="SubjectId">The patient.</param>
/// <param name="Task">The task.</param>
/// <param name="Labels">The right answer: items, or a single yes or no.</param>
/// <param name="Messages">The conversation that the policy goes on with.</param>
public sealed record RolloutPrompt(string SampleId, long SubjectId, TaskDefinition Task, IReadOnlyList<string> Labels, IReadOnlyList<PromptMessage> Messages);
