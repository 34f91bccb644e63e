using System.Globalization;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>What a training stage needs of memory and time, whether it fits, and what to change where it does not.</summary>
public sealed record TrainingPlan
{
    private const int AdvisedRank = 16;
    private const int MostGpus = 4_096;

    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The model.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>What was asked for.</summary>
    public required PlanOptions Options { get; init; }

    /// <summary>The batch over the GPUs.</summary>
    public required BatchPlan Batch { get; init; }

    /// <summary>The memory of a training GPU.</summary>
    public required MemoryPlan Memory { get; init; }

    /// <summary>Stage 3: the memory of a GPU that writes completions.</summary>
    public RolloutPlan? Rollout { get; init; }

    /// <summary>The time.</summary>
    public required TimePlan Time { get; init; }

    /// <summary>Changes that make it fit, each for itself; empty where it fits.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    /// <summary>Whether training and rollouts fit.</summary>
    public bool Fits => Memory.Fits && Rollout is null or { Sequences: > 0 };

    /// <summary>Plans a stage.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">What is trained, on what.</param>
    /// <exception cref="EhrR1Exception">The length is more than the model knows, or an option is out of its range.</exception>
    public static TrainingPlan Of(string name, ModelConfig model, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var recipe = PublishedRecipe.Of(options.Stage);
        int length = options.Length ?? recipe.Length;
        if (length > model.MaxPositions)
            throw new EhrR1Exception(Text($"{length:#,0} tokens are more than the model knows positions: {model.MaxPositions:#,0}"), name, "Ask for a shorter length, or another model");
        if (options.Stage == PaperStage.Rl && length <= recipe.CompletionLength)
            throw new EhrR1Exception(Text($"{length:#,0} tokens leave no room for a prompt: completions take {recipe.CompletionLength:#,0}"), null, "Ask for a greater length");
        var batch = BatchOf(options);
        var memory = MemoryOf(model, options);
        var rollout = options.Stage == PaperStage.Rl ? RolloutPlan.Of(model, options) : null;
        return new TrainingPlan
        {
            Name = name,
            Model = model,
            Options = options,
            Batch = batch,
            Memory = memory,
            Rollout = rollout,
            Time = TimePlan.Of(model, options, batch, rollout),
            Advice = [.. memory.Fits ? [] : AdviceFor(model, options, length), .. rollout is { Sequences: 0 } ? [RolloutAdvice(model, options)] : Array.Empty<string>()],
        };
    }

    private static IEnumerable<string> AdviceFor(ModelConfig model, PlanOptions options, int length)
    {
        (string What, PlanOptions With)[] changes =
        [
            ("shard weights and optimizer over the GPUs (ZeRO-3 or FSDP)", options with { Sharded = true }),
            ("one sequence a GPU at a time (--per-device 1)", options with { PerDevice = 1 }),
            ("gradient checkpointing", options with { Checkpointing = true }),
            ("the loss in chunks of 1,024 tokens (--logit-chunk 1024)", options with { LogitChunk = 1_024 }),
            (Text($"LoRA of rank {AdvisedRank} (--lora {AdvisedRank})"), options with { LoraRank = options.LoraRank ?? AdvisedRank }),
            (Text($"half the length (--length {length / 2})"), options with { Length = length / 2 }),
        ];
        var real = changes.Where(c => c.With != options).ToArray();
        foreach (var (what, with) in real)
        {
            if (MemoryOf(model, with) is { Fits: true } memory)
                yield return Text($"{Capital(what)}: {memory.Total / (1L << 30):0.0} GiB");
        }

        // All of the first at once, where none helps alone; the length stays.
        var all = options with { Sharded = true, PerDevice = 1, Checkpointing = true, LogitChunk = 1_024, LoraRank = options.LoraRank ?? AdvisedRank };
        if (!real.Any(c => MemoryOf(model, c.With).Fits) && MemoryOf(model, all) is { Fits: true } together)
            yield return Text($"All of it together ({string.Join("; ", real.SkipLast(1).Select(c => c.What))}): {together.Total / (1L << 30):0.0} GiB");
        for (int gpus = options.Gpus * 2; gpus <= MostGpus; gpus *= 2)
        {
            if (MemoryOf(model, options with { Gpus = gpus, Sharded = true }) is not { Fits: true } memory)
                continue;
            yield return Text($"{gpus:#,0} such GPUs: {memory.Total / (1L << 30):0.0} GiB each");
            yield break;
        }

        yield return "More GPUs alone do not help: what one sequence needs is more than a GPU has";
    }

    private static string RolloutAdvice(ModelConfig model, PlanOptions options)
    {
        const string Short = "Rollouts: the weights and one sequence need more than a GPU has";
        int most = 1;
        for (int gpus = 1; gpus <= model.KeyValueHeads; gpus *= 2)
        {
            if (RolloutPlan.Of(model, options with { Gpus = gpus }).Sequences > 0)
                return Text($"{Short}; use more GPUs, at least {gpus}, or larger ones");
            most = gpus;
        }

        return Text($"{Short}, even where a copy of the model is cut over {most} GPUs, as far as its {model.KeyValueHeads} heads of keys and values go; only larger GPUs help");
    }

    private static BatchPlan BatchOf(PlanOptions options)
    {
        var recipe = PublishedRecipe.Of(options.Stage);
        return BatchPlan.For(options.Batch ?? recipe.Batch, options.Gpus, options.PerDevice, recipe.Generations);
    }

    // A GPU takes as many at once as the batch is laid out for, which may be fewer than were asked for.
    private static MemoryPlan MemoryOf(ModelConfig model, PlanOptions options) => MemoryPlan.Of(model, options with { PerDevice = BatchOf(options).PerDevice });

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
