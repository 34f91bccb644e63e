namespace EhrR1.Training;

/// <summary>One completion of a call.</summary>
/// <param name="Sequence">What was written; <see langword="null"/> where the prompt alone was asked about.</param>
/// <param name="Prompt">The places of the prompt's tokens but the first; empty where they were not asked for.</param>
internal sealed record WrittenChoice(GeneratedSequence? Sequence, IReadOnlyList<PromptPlace> Prompt)
{
    public string? FinishReason => Sequence is null ? "length" : ReasonOf(Sequence.End);

    public static string? ReasonOf(SequenceEnd? end) => end switch
    {
        null => null,
        SequenceEnd.Length => "length",
        SequenceEnd.Cancelled => "abort",
        _ => "stop",
    };
}
