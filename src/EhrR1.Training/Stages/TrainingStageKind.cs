namespace EhrR1.Training;

/// <summary>The paper's three stages.</summary>
public enum TrainingStageKind
{
    /// <summary>Stage 1, domain adaptation: direct cases (<c>sft</c>).</summary>
    DomainAdaptation,

    /// <summary>Stage 2, reasoning enhancement: reasoning cases mixed with direct ones (<c>reason</c>).</summary>
    ReasoningEnhancement,

    /// <summary>Stage 3, reinforcement learning (<c>rl</c>).</summary>
    ReinforcementLearning,
}
