using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Tasks;
using TorchSharp.Modules;

namespace EhrR1.Training;

/// <summary>Reinforcement learning by group relative policy optimization: stage 3.</summary>
/// <remarks>
/// Shao et al., "DeepSeekMath" (2024). In each step the policy draws completions of some prompts, each gets a reward and from it its
/// <see cref="Advantages">advantage</see> over the others of its prompt, and the policy is updated by <see cref="PolicyLoss"/>. A group of equal rewards teaches
/// nothing and is counted. The same policy, prompts and settings give the same weights, stopped and gone on with or not. Not safe for several threads.
/// </remarks>
public sealed class PolicyTrainer
{
    private readonly DecoderModel _policy;
    private readonly DecoderModel? _reference;
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _trained;
    private readonly IReadOnlyList<int[]> _prompts;
    private readonly IRolloutDraw _draw;
    private readonly IRolloutReward _reward;
    private readonly ReinforcementOptions _options;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly CaseOrder _order;
    private readonly LearningRateSchedule _schedule;
    private long _tokens;
    private int? _step;

    /// <summary>Prepares a training.</summary>
    /// <param name="policy">The policy, which is changed.</param>
    /// <param name="prompts">The prompts as tokens.</param>
    /// <param name="draw">Draws completions from <paramref name="policy"/>.</param>
    /// <param name="reward">Rewards completions.</param>
    /// <param name="options">The settings.</param>
    /// <param name="folder">Where checkpoints and metrics go.</param>
    /// <param name="reference">The policy as it began; needed where the loss weighs its divergence.</param>
    /// <param name="adapter">LoRA attached to the policy, which alone is trained then; <see langword="null"/> to train the whole policy.</param>
    /// <param name="time">The clock; <see langword="null"/> for the machine's.</param>
    public PolicyTrainer(DecoderModel policy, IReadOnlyList<int[]> prompts, IRolloutDraw draw, IRolloutReward reward, ReinforcementOptions options, string folder, DecoderModel? reference = null, LowRankAdapter? adapter = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Completions, 2);
        if (options.Loss.Divergence != 0 && reference is null)
            throw new ArgumentNullException(nameof(reference));
        (_policy, _prompts, _draw, _reward, _options, _folder, _reference, _time) = (policy, prompts, draw, reward, options, folder, reference, time ?? TimeProvider.System);
        _trained = adapter is null ? [.. policy.named_parameters()] : [.. adapter.NamedParameters()];
        _order = new CaseOrder(prompts.Count, _ => false, options.Epochs, curriculum: 1, options.Seed);
        Steps = (_order.Count + options.Prompts - 1) / options.Prompts;
        _schedule = LearningRateSchedule.Cosine(options.LearningRate, Steps, options.WarmUpShare);
    }

    /// <summary>Steps in all.</summary>
    public int Steps { get; }

    /// <summary>Trains.</summary>
    /// <param name="checkpoint">Where to go on from, if there is one, and where to keep what is done.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops after a step, with a checkpoint.</param>
    /// <exception cref="EhrR1Exception">The loss is no number any more, memory is short, or the disk is full.</exception>
    public void Run(TrainingCheckpoint checkpoint, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        try
        {
            _step = null;
            Train(checkpoint, progress, cancellationToken);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            throw _step is { } step ? MemoryShortage.At(step, _options.PackTokens, "reinforcement.pack_tokens, draw_at_once, draw_memory, max_prompt_tokens or max_completion_tokens", e) : MemoryShortage.AtStart(e);
        }
    }

    private void Train(TrainingCheckpoint checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var optimizer = new AdamW(_trained);
        var first = checkpoint.Restore(_trained, optimizer) ?? 0;
        using var log = MetricsLog.Open(_folder, first);
        var began = _time.GetTimestamp();
        for (var step = first; step < Steps; step++)
        {
            _step = step;
            JsonObject line;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                line = Step(optimizer, step, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Nothing of this step was learned yet: a draw changes no weights.
                if (step > first)
                    checkpoint.Write(step, _trained, optimizer);
                throw;
            }

            log.Write(line);
            progress?.Report(new TrainingProgress(step + 1, Steps, (double)line["reward"]!, _tokens, _time.GetElapsedTime(began).TotalSeconds));
            if (step + 1 == Steps || (_options.CheckpointEvery > 0 && (step + 1) % _options.CheckpointEvery == 0))
                checkpoint.Write(step + 1, _trained, optimizer);
        }
    }

    private JsonObject Step(IOptimizer optimizer, int step, CancellationToken cancellationToken)
    {
        var prompts = new List<(int, int[])>();
        foreach (var place in _order.Batch(step, _options.Prompts))
            prompts.Add((place, _prompts[place].Length <= _options.MaxPromptTokens ? _prompts[place] : _prompts[place][^_options.MaxPromptTokens..]));
        var seed = new StableHash(_options.Seed);
        seed.Add(step);
        var rollouts = _draw.Draw(prompts, _options.Completions, (long)(seed.Value >> 1), cancellationToken);
        var scores = _reward.Score(rollouts, cancellationToken);
        var (advantages, equal) = AdvantagesOf(rollouts, scores);
        var taught = Enumerable.Range(0, rollouts.Count).Where(i => !(_options.MasksCut && rollouts[i].IsCut)).ToList();
        var line = new JsonObject
        {
            ["step"] = step,
            ["reward"] = scores.Average(s => s.Total),
            ["terms"] = new JsonObject([.. scores.SelectMany(s => s.Terms.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(t => KeyValuePair.Create(t, (JsonNode?)scores.Where(s => s.Terms.ContainsKey(t)).Average(s => s.Terms[t])))]),
            ["equal_groups"] = equal,
            ["groups"] = prompts.Count,
            ["cut"] = rollouts.Count(r => r.IsCut),
            ["masked"] = rollouts.Count - taught.Count,
            ["completion_tokens"] = rollouts.Average(r => (double)r.Tokens.Length),
            ["learning_rate"] = _schedule.At(step),
        };
        _tokens += rollouts.Sum(r => (long)r.PromptTokens.Length + r.Tokens.Length);
        Update(optimizer, [.. taught.Select(i => rollouts[i])], [.. taught.Select(i => advantages[i])], step, line);
        return line;
    }

    private void Update(IOptimizer optimizer, IReadOnlyList<Rollout> rollouts, IReadOnlyList<double> advantages, int step, JsonObject line)
    {
        double loss = 0, norm = 0;
        long clipped = 0;
        var updates = 0;
        if (advantages.Any(a => a != 0) || (_options.Loss.Divergence != 0 && rollouts.Count > 0))
        {
            var batches = PolicyBatch.Of(rollouts, advantages, _options.Mean, _options.PackTokens, _options.Temperature);
            foreach (var batch in batches)
            {
                batch.Drawn = _options.Updates > 1 ? batch.LogProbabilities(_policy) : null;
                batch.Reference = _options.Loss.Divergence != 0 ? batch.LogProbabilities(_reference!) : null;
            }

            for (; updates < _options.Updates; updates++)
            {
                loss = 0;
                foreach (var batch in batches)
                {
                    var (part, outside) = batch.Backward(_policy, _options.Loss);
                    optimizer.Gather();
                    loss += part;
                    clipped += outside;
                }

                norm = optimizer.ClipGradients(_options.ClipNorm);
                if (!double.IsFinite(loss) || !double.IsFinite(norm))
                    throw NoNumber(step, loss, norm);
                optimizer.Step(_schedule.At(step));
                optimizer.ZeroGradients();
            }
        }

        (line["loss"], line["gradient_norm"], line["clipped_tokens"], line["updates"]) = (loss, norm, clipped, updates);
    }

    private EhrR1Exception NoNumber(int step, double loss, double norm)
    {
        var batch = _order.Batch(step, _options.Prompts);
        var shown = string.Join(", ", batch[..Math.Min(8, batch.Length)].ToArray());
        return new EhrR1Exception($"The loss is no number any more at step {step + 1} (loss {loss}, gradient norm {norm}; the batch's first prompts are {shown})", null, "Look at these prompts and their rewards, or begin anew with a lower learning rate; the last checkpoint is whole");
    }

    private (double[] Advantages, int EqualGroups) AdvantagesOf(IReadOnlyList<Rollout> rollouts, IReadOnlyList<RolloutScore> scores)
    {
        var advantages = new double[rollouts.Count];
        var equal = 0;
        for (var start = 0; start < rollouts.Count; start += _options.Completions)
        {
            // A masked completion is no yardstick for the others either.
            var members = Enumerable.Range(start, _options.Completions).Where(i => !(_options.MasksCut && rollouts[i].IsCut)).ToArray();
            double[] rewards = [.. members.Select(i => scores[i].Total)];
            equal += Advantages.Differ(rewards) ? 0 : 1;
            var group = Advantages.Of(rewards, _options.DividesByDeviation && !scores[start].KeepsScale);
            for (var i = 0; i < members.Length; i++)
                advantages[members[i]] = group[i];
        }

        return (advantages, equal);
    }
}
