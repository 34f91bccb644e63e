namespace EhrR1.Models;

/// <summary>Whose tokenizer a model uses.</summary>
public enum TokenizerFamily
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>Qwen2's, which Qwen2.5, Qwen3 and EHR-R1 share: 151,643 tokens and a few added.</summary>
    Qwen2,

    /// <summary>Llama 3's: 128,000 tokens.</summary>
    Llama3,

    /// <summary>OpenAI's <c>o200k_harmony</c>.</summary>
    O200k,
}
