namespace EhrR1.Training;

/// <summary>What an export wrote.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="DirectCases">Direct cases of stage 1.</param>
/// <param name="ReasoningCases">Reasoning cases of stage 2; 0 where there are none yet.</param>
/// <param name="Prompts">Prompts of stage 3.</param>
/// <param name="Notes">What differs from the published settings, and what is still to be done.</param>
public sealed record TrainingExportResult(string Folder, long DirectCases, long ReasoningCases, long Prompts, IReadOnlyList<string> Notes);
