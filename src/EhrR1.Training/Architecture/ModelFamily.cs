namespace EhrR1.Training;

/// <summary>The kinds of decoders that can be built; their <c>model_type</c> in config.json is the name in small letters.</summary>
public enum ModelFamily
{
    /// <summary>Norms of every head's queries and keys, no biases.</summary>
    Qwen3,

    /// <summary>Biases of queries, keys and values, no norms of heads.</summary>
    Qwen2,

    /// <summary>Neither.</summary>
    Llama,
}
