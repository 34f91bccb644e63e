namespace EhrR1.Reasoning;

/// <summary>What the cases of an instruction set teach.</summary>
public enum InstructionKind
{
    /// <summary>The answer at once (<c>direct</c>).</summary>
    Direct,

    /// <summary>A chain of reasoning, then the answer (<c>reasoning</c>).</summary>
    Reasoning,

    /// <summary>Prompts with the right answer beside them, for reinforcement learning (<c>rl</c>).</summary>
    Reinforcement,
}
