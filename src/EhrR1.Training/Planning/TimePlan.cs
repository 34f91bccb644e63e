using System.Globalization;

namespace EhrR1.Training;

/// <summary>How long a stage takes.</summary>
/// <remarks>
/// Operations of training a token, for each parameter: 2 on the way there, 2 for the activations' gradients, 2 for its own gradient (6 together; Kaplan et al., arXiv 2001.08361), and 2 more
/// where layers are computed again. With LoRA the model's own parameters are frozen and go without their gradient, 4 or 6; LoRA's have all, 6 or 8.
/// Attention, causal: 2 · layers · query width · length on the way there, twice that on the way back.
/// </remarks>
/// <param name="Lines">The parts, in floating-point operations, seconds or counts.</param>
/// <param name="Steps">Optimizer steps.</param>
/// <param name="Seconds">All together.</param>
public sealed record TimePlan(IReadOnlyList<PlanLine> Lines, long Steps, double Seconds)
{
    /// <summary>Computes the time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The options.</param>
    /// <param name="batch">The batch over the GPUs.</param>
    /// <param name="rollout">Stage 3: how completions are written.</param>
    public static TimePlan Of(ModelConfig model, PlanOptions options, BatchPlan batch, RolloutPlan? rollout)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(batch);
        var recipe = PublishedRecipe.Of(options.Stage);
        long cases = options.Cases ?? recipe.Cases, sequences = cases * recipe.Epochs * recipe.Generations, n = model.Parameters;
        int longest = options.Length ?? recipe.Length, mean = Math.Min(options.MeanTokens ?? longest, longest);
        long steps = (sequences + batch.Batch - 1) / batch.Batch;
        double tokens = (double)sequences * mean;
        int perTrained = options.Checkpointing ? 8 : 6, perParameter = perTrained - (options.LoraRank is null ? 0 : 2);
        long additions = options.LoraRank is { } rank ? ModelSizes.LoraParameters(model, rank) : 0;
        double attention = (double)perTrained * model.Layers * ModelSizes.Queries(model) * mean;
        double perToken = ((double)perParameter * n) + ((double)perTrained * additions) + attention;
        double operations = tokens * perToken;
        var ofAdditions = additions > 0 ? Text($" frozen + {perTrained} × {additions:#,0} of LoRA") : "";
        double rate = options.Gpus * options.PeakFlops * options.Utilisation;
        var lines = new List<PlanLine>
        {
            new("Optimizer steps", Text($"{sequences:#,0} sequences / {batch.Batch:#,0}"), steps),
            new("Tokens", Text($"{sequences:#,0} sequences × {mean:#,0} tokens{(options.MeanTokens is null ? ", the longest: an upper bound" : "")}"), tokens),
            new("Operations a token", Text($"{perParameter} × {n:#,0}{ofAdditions} + {perTrained} × {model.Layers} layers × {ModelSizes.Queries(model):#,0} × {mean:#,0} tokens"), perToken),
            new("Training, seconds", Text($"{operations:0.00e0} operations / ({options.Gpus:#,0} GPUs × {options.PeakFlops:0.00e0} × {options.Utilisation:0.##})"), operations / rate),
        };
        double seconds = operations / rate;
        if (rollout is { Sequences: > 0 })
            seconds += AddRollouts(lines, model, options, rollout, sequences, cases * recipe.Epochs, Math.Min(recipe.CompletionLength, longest), rate);
        return new TimePlan(lines, steps, seconds);
    }

    private static double AddRollouts(List<PlanLine> to, ModelConfig model, PlanOptions options, RolloutPlan rollout, long sequences, long prompts, int completion, double rate)
    {
        int prompt = (options.Length ?? PublishedRecipe.Of(PaperStage.Rl).Length) - completion;
        double prefill = 2.0 * model.Parameters * prompt * prompts;
        int copies = Math.Max(1, options.Gpus / rollout.TensorParallel);
        double written = (double)sequences * completion;
        to.Add(new("Reading prompts, seconds", Text($"2 × {model.Parameters:#,0} × {prompt:#,0} tokens × {prompts:#,0} prompts, each once for its completions / the same rate"), prefill / rate));
        to.Add(new("Writing completions, seconds", Text($"{sequences:#,0} × {completion:#,0} tokens / ({copies:#,0} copies × {rollout.TokensPerSecond:#,0} tokens a second)"), written / (copies * rollout.TokensPerSecond)));
        return (prefill / rate) + (written / (copies * rollout.TokensPerSecond));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
