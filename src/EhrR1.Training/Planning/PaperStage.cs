namespace EhrR1.Training;

/// <summary>The three stages of the paper.</summary>
public enum PaperStage
{
    /// <summary>Stage 1, domain adaptation: direct cases.</summary>
    Sft,

    /// <summary>Stage 2, reasoning enhancement: reasoning cases mixed with direct ones.</summary>
    Reason,

    /// <summary>Stage 3, reinforcement learning.</summary>
    Rl,
}
