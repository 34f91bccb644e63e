using System.Globalization;

namespace EhrR1.Training;

/// <summary>What one GPU holds while it writes completions, and how fast it does.</summary>
/// <remarks>Writing is bounded by memory: each token of a batch reads all weights and every sequence's cache once.</remarks>
/// <param name="Lines">The parts, in bytes.</param>
/// <param name="TensorParallel">Over how many GPUs one copy of the model is cut.</param>
/// <param name="Sequences">Completions at once a copy; 0 where not even one fits.</param>
/// <param name="TokensPerSecond">Tokens that one copy writes a second at most.</param>
public sealed record RolloutPlan(IReadOnlyList<PlanLine> Lines, int TensorParallel, int Sequences, double TokensPerSecond)
{
    /// <summary>The share of a GPU that an engine takes where it has it for itself.</summary>
    internal const double WholeShare = 0.9;

    private const int MostSequences = 256;

    /// <summary>Computes the memory: the model is cut as little as leaves half of the usable memory to the cache.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">What is trained, on what.</param>
    /// <param name="share">The share of a GPU's memory that is usable. The default value is 0.9, that of an engine which has the GPU for itself.</param>
    public static RolloutPlan Of(ModelConfig model, PlanOptions options, double share = WholeShare)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var recipe = PublishedRecipe.Of(PaperStage.Rl);
        int length = options.Length ?? recipe.Length, parallel = 1;
        double weights = 2.0 * model.Parameters, usable = share * options.GpuBytes;
        while (weights / parallel > usable / 2 && parallel * 2 <= Math.Min(options.Gpus, model.KeyValueHeads))
            parallel *= 2;
        long perToken = ModelSizes.CacheBytesPerToken(model);
        double perSequence = (double)perToken * length / parallel;
        int sequences = (int)Math.Clamp(Math.Floor((usable - (weights / parallel)) / perSequence), 0, MostSequences);
        double rate = sequences == 0 ? 0 : sequences / (((weights / parallel) + (sequences * perSequence)) / options.Bandwidth);
        var cut = parallel > 1 ? Text($" / {parallel} GPUs") : "";
        PlanLine[] lines =
        [
            new("Weights, bf16", Text($"2 B × {model.Parameters:#,0}{cut}"), weights / parallel),
            new("Keys and values of the sequences at once", Text($"{sequences:#,0} × {length:#,0} tokens × {perToken:#,0} B{cut}"), sequences * perSequence),
        ];
        return new RolloutPlan(lines, parallel, sequences, rate);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
