namespace EhrR1.Training;

/// <summary>How LoRA's first matrices are drawn.</summary>
public enum LowRankStart
{
    /// <summary>Uniform up to 1 / √inputs, what PEFT does (Kaiming with a = √5).</summary>
    Uniform,

    /// <summary>Normal with standard deviation 1 / rank, as in the paper's own code.</summary>
    Normal,
}
