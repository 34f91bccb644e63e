namespace EhrR1.Training;

/// <summary>The names and shapes of a model's tensors, in the order of the layers.</summary>
public static class ModelLayout
{
    /// <summary>The tensors that a model of this architecture has on disk; a tied output table has none of its own.</summary>
    public static IReadOnlyList<TensorShape> Of(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        long hidden = config.HiddenSize, inner = config.IntermediateSize, head = config.HeadSize, queries = config.Heads * head, keys = config.KeyValueHeads * head;
        var tensors = new List<TensorShape> { new("model.embed_tokens.weight", [config.VocabularySize, hidden]) };
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var at = $"model.layers.{layer}.";
            tensors.Add(new($"{at}input_layernorm.weight", [hidden]));
            foreach (var (name, size) in (ReadOnlySpan<(string, long)>)[("q", queries), ("k", keys), ("v", keys)])
            {
                tensors.Add(new($"{at}self_attn.{name}_proj.weight", [size, hidden]));
                if (config.HasAttentionBias)
                    tensors.Add(new($"{at}self_attn.{name}_proj.bias", [size]));
            }

            tensors.Add(new($"{at}self_attn.o_proj.weight", [hidden, queries]));
            if (config.NormalizesHeads)
            {
                tensors.Add(new($"{at}self_attn.q_norm.weight", [head]));
                tensors.Add(new($"{at}self_attn.k_norm.weight", [head]));
            }

            tensors.Add(new($"{at}post_attention_layernorm.weight", [hidden]));
            tensors.Add(new($"{at}mlp.gate_proj.weight", [inner, hidden]));
            tensors.Add(new($"{at}mlp.up_proj.weight", [inner, hidden]));
            tensors.Add(new($"{at}mlp.down_proj.weight", [hidden, inner]));
        }

        tensors.Add(new("model.norm.weight", [hidden]));
        if (!config.TiesEmbeddings)
            tensors.Add(new("lm_head.weight", [config.VocabularySize, hidden]));
        return tensors;
    }
}
