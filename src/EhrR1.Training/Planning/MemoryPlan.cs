using System.Globalization;

namespace EhrR1.Training;

/// <summary>What one GPU holds while it trains.</summary>
/// <remarks>
/// Mixed precision as DeepSpeed's ZeRO (Rajbhandari et al., arXiv 1910.02054): bf16 weights and gradients, and in fp32 a copy of the weights and AdamW's two moments.
/// On one GPU, where this program trains itself, the gradients of a step's packs are summed in fp32 beside that. Activations as of a layer with gated linear units and attention that keeps no scores (FlashAttention). An estimate: kernels and allocators differ by a tenth.
/// </remarks>
/// <param name="Lines">The parts, in bytes.</param>
/// <param name="GpuBytes">The GPU's memory.</param>
public sealed record MemoryPlan(IReadOnlyList<PlanLine> Lines, long GpuBytes)
{
    /// <summary>Weights and gradients in bf16.</summary>
    private const int HalfBytes = 2;

    /// <summary>The fp32 sums of gradients.</summary>
    private const int SumBytes = 4;

    /// <summary>The fp32 copy and both moments.</summary>
    private const int OptimizerBytes = 12;

    /// <summary>Logits in bf16, their fp32 copy and its gradient.</summary>
    private const int LogitBytes = 10;

    private const double ContextBytes = 2.0 * (1L << 30);
    private const double Fragmentation = 0.05;

    /// <summary>All parts together, in bytes.</summary>
    public double Total => Lines.Sum(l => l.Value);

    /// <summary>Whether the GPU has that much.</summary>
    public bool Fits => Total <= GpuBytes;

    /// <summary>Computes the memory.</summary>
    public static MemoryPlan Of(ModelConfig model, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var recipe = PublishedRecipe.Of(options.Stage);
        long n = model.Parameters, trained = options.LoraRank is { } rank ? ModelSizes.LoraParameters(model, rank) : n;
        int shards = options.Sharded ? options.Gpus : 1, length = options.Length ?? recipe.Length, batch = options.PerDevice;
        var share = shards > 1 ? Text($" / {shards:#,0} GPUs") : "";
        var lines = new List<PlanLine>
        {
            new("Weights, bf16", Text($"{HalfBytes} B × {n:#,0}{share}"), (double)HalfBytes * n / shards),
            new("Gradients, bf16", Text($"{HalfBytes} B × {trained:#,0}{share}"), (double)HalfBytes * trained / shards),
            new("Optimizer, fp32 (copy, two moments)", Text($"{OptimizerBytes} B × {trained:#,0}{share}"), (double)OptimizerBytes * trained / shards),
        };
        if (options.Gpus == 1)
            lines.Insert(2, new("Sums of gradients over a step, fp32", Text($"{SumBytes} B × {trained:#,0}"), (double)SumBytes * trained));
        if (options.LoraRank is not null)
            lines.Add(new("LoRA weights, bf16", Text($"{HalfBytes} B × {trained:#,0}{share}"), (double)HalfBytes * trained / shards));
        if (shards > 1)
        {
            long largest = Math.Max(ModelSizes.LayerParameters(model), ModelSizes.EmbeddingParameters(model));
            lines.Add(new("Gathered weights: one layer in use, one on its way", Text($"2 × {HalfBytes} B × {largest:#,0}"), 2.0 * HalfBytes * largest));
        }

        AddActivations(lines, model, options, batch, length);
        int logits = Math.Min(options.LogitChunk ?? int.MaxValue, options.Stage == PaperStage.Rl ? Math.Min(recipe.CompletionLength, length) : length);
        lines.Add(new("Logits, bf16 and fp32, with gradient", Text($"{LogitBytes} B × {batch:#,0} × {logits:#,0} tokens × {model.VocabularySize:#,0} rows"), (double)LogitBytes * batch * logits * model.VocabularySize));
        lines.Add(new("Context, communication, fragmentation", Text($"2 GiB + {Fragmentation:P0} of the GPU"), ContextBytes + (Fragmentation * options.GpuBytes)));
        return new MemoryPlan(lines, options.GpuBytes);
    }

    private static void AddActivations(List<PlanLine> to, ModelConfig model, PlanOptions options, int batch, int length)
    {
        long perToken = ModelSizes.KeptPerToken(model);
        var one = Text($"{HalfBytes} B × {batch:#,0} × {length:#,0} tokens × {perToken:#,0}");
        double layer = (double)HalfBytes * batch * length * perToken;
        if (!options.Checkpointing)
        {
            to.Add(new("Activations, all kept", Text($"{one} × {model.Layers} layers"), layer * model.Layers));
            return;
        }

        to.Add(new("Checkpoints between layers", Text($"{HalfBytes} B × {batch:#,0} × {length:#,0} tokens × {model.HiddenSize:#,0} × {model.Layers} layers"), (double)HalfBytes * batch * length * model.HiddenSize * model.Layers));
        to.Add(new("Activations of the layer that is computed again", one, layer));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
