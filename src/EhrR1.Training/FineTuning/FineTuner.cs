using System.Text.Json.Nodes;
using EhrR1.Charts;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace EhrR1.Training;

/// <summary>Supervised fine-tuning of a model on conversations: stages 1 and 2.</summary>
/// <remarks>
/// The loss is the mean negative log-probability of the tokens that the model has to write, over all tokens or all cases of a step together, and beside it that of the
/// prompts' tokens where <see cref="FineTuningOptions.PromptWeight"/> says so. Cases are packed without looking into each other. The same model, data and settings give the same weights, stopped and gone on with or not. Not safe for several threads.
/// </remarks>
public sealed class FineTuner
{
    private readonly DecoderModel _model;
    private readonly IReadOnlyList<(string Name, Parameter Parameter)> _trained;
    private readonly TokenizedCases _cases;
    private readonly TokenizedCases? _heldOut;
    private readonly FineTuningOptions _options;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly CaseOrder _order;
    private readonly LearningRateSchedule _schedule;
    private long _tokens;
    private int? _step;

    /// <summary>Prepares a training.</summary>
    /// <param name="model">The model, which is changed.</param>
    /// <param name="cases">The cases to learn from.</param>
    /// <param name="heldOut">Cases to look at, or <see langword="null"/>.</param>
    /// <param name="options">The settings.</param>
    /// <param name="folder">Where checkpoints and metrics go.</param>
    /// <param name="adapter">LoRA attached to the model, which alone is trained then; <see langword="null"/> to train the whole model.</param>
    /// <param name="time">The clock; <see langword="null"/> for the machine's.</param>
    /// <exception cref="EhrR1Exception">A case is longer than what the model reads.</exception>
    public FineTuner(DecoderModel model, TokenizedCases cases, TokenizedCases? heldOut, FineTuningOptions options, string folder, LowRankAdapter? adapter = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _cases, _heldOut, _options, _folder, _time) = (model, cases, heldOut, options, folder, time ?? TimeProvider.System);
        CheckLengths(cases);
        if (heldOut is not null)
            CheckLengths(heldOut);
        _trained = adapter is null ? [.. model.named_parameters()] : [.. adapter.NamedParameters()];
        _order = new CaseOrder(cases.Count, cases.IsReasoning, options.Epochs, options.Curriculum, options.Seed);
        Steps = (_order.Count + options.BatchSize - 1) / options.BatchSize;
        _schedule = LearningRateSchedule.Cosine(options.LearningRate, Steps, options.WarmUpShare);
    }

    /// <summary>Optimizer steps in all.</summary>
    public int Steps { get; }

    /// <summary>Trains.</summary>
    /// <param name="checkpoint">Where to go on from, if there is one, and where to keep what is done.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops after a step, with a checkpoint.</param>
    /// <returns>The held-out loss at the end, or <see langword="null"/> without held-out cases.</returns>
    /// <exception cref="EhrR1Exception">The loss is no number any more, memory is short, or the disk is full.</exception>
    public double? Run(TrainingCheckpoint checkpoint, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        try
        {
            _step = null;
            return Train(checkpoint, progress, cancellationToken);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            throw _step is { } step ? MemoryShortage.At(step, _options.PackTokens, "fine_tuning.pack_tokens or max_tokens", e) : MemoryShortage.AtStart(e);
        }
    }

    /// <summary>The mean loss of a held-out token, as the model stands.</summary>
    public double HeldOutLoss()
    {
        using var off = inference_mode();
        double sum = 0;
        long targets = 0;
        var cases = Enumerable.Range(0, Math.Min(_heldOut!.Count, _options.EvaluateCases)).Select(_heldOut.Read).Select(c => c.KeepLast(_options.MaxTokens));
        foreach (var pack in PackedBatch.Split(cases, _options.PackTokens))
        {
            using var scope = NewDisposeScope();
            sum -= pack.LogProbabilities(_model).sum().item<float>();
            targets += pack.TargetCount;
        }

        return sum / Math.Max(1, targets);
    }

    private double? Train(TrainingCheckpoint checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        using var optimizer = Optimizer();
        var first = checkpoint.Restore(_trained, optimizer) ?? 0;
        using var log = MetricsLog.Open(_folder, first);
        var began = _time.GetTimestamp();
        double? heldOut = null;
        for (var step = first; step < Steps; step++)
        {
            _step = step;
            if (cancellationToken.IsCancellationRequested)
            {
                if (step > first)
                    checkpoint.Write(step, _trained, optimizer);
                cancellationToken.ThrowIfCancellationRequested();
            }

            var line = Step(optimizer, step);
            var isLast = step + 1 == Steps;
            if (_heldOut is not null && (isLast || (_options.EvaluateEvery > 0 && (step + 1) % _options.EvaluateEvery == 0)))
                line["held_out_loss"] = heldOut = FiniteHeldOutLoss(step + 1);
            log.Write(line);
            progress?.Report(new TrainingProgress(step + 1, Steps, (double)line["loss"]!, _tokens, _time.GetElapsedTime(began).TotalSeconds));
            if (isLast || (_options.CheckpointEvery > 0 && (step + 1) % _options.CheckpointEvery == 0))
                checkpoint.Write(step + 1, _trained, optimizer);
        }

        return heldOut ?? (_heldOut is null ? null : FiniteHeldOutLoss(Steps));
    }

    /// <summary>Tokens of a case's prompt at most in a step.</summary>
    internal int PromptTokensAt(int step)
    {
        var growing = Steps * _options.GrowthShare;
        return _options.FirstTokens <= 0 || step >= growing ? _options.MaxTokens : Math.Max(1, (int)(_options.FirstTokens + ((_options.MaxTokens - _options.FirstTokens) * step / growing)));
    }

    private double FiniteHeldOutLoss(int steps)
    {
        var loss = HeldOutLoss();
        return double.IsFinite(loss)
            ? loss
            : throw new EhrR1Exception($"The loss of the held-out cases is no number after step {steps} (loss {loss})", null, "The last checkpoint is whole, but its settings are part of it: begin anew in another folder with a lower learning rate, or look at the held-out cases and the model that was begun with");
    }

    // Said at once, and not when the case's turn comes, which may be days later.
    private void CheckLengths(TokenizedCases cases)
    {
        var longest = Math.Min(_options.MaxTokens, Enumerable.Range(0, cases.Count).Max(cases.Length));
        if (longest > _model.Config.MaxPositions)
            throw new EhrR1Exception($"A case has {longest} tokens, and the model reads {_model.Config.MaxPositions} at most", null, $"Lower fine_tuning.max_tokens to {_model.Config.MaxPositions}: of longer cases the last tokens are kept then");
    }

    private IOptimizer Optimizer() => _options.MuonRate > 0
        ? new Muon(_trained, _options.MuonRate, _options.WeightDecay, _options.SecondDecay)
        : new AdamW(_trained, _options.WeightDecay, secondDecay: _options.SecondDecay);

    /// <summary>The weight of prompts in a step.</summary>
    internal double PromptWeightAt(int step) => _options.PromptShare <= 0 ? _options.PromptWeight : _options.PromptWeight * Math.Max(0, 1 - (step / (Steps * _options.PromptShare)));

    private JsonObject Step(IOptimizer optimizer, int step)
    {
        var cases = new List<TrainingCase>();
        foreach (var index in _order.Batch(step, _options.BatchSize))
            cases.Add(_cases.Read(index).KeepPrompt(PromptTokensAt(step)).KeepLast(_options.MaxTokens));
        var promptWeight = PromptWeightAt(step);
        var packs = PackedBatch.Split(cases, _options.PackTokens, promptWeight > 0).ToList();
        int targets = packs.Sum(p => p.TargetCount), prompts = packs.Sum(p => p.PromptCount);
        double loss = 0, promptLoss = 0;
        foreach (var pack in packs)
        {
            using var scope = NewDisposeScope();
            var found = pack.LogProbabilities(_model);
            var part = Loss(found, pack.Weights(_options.Mean, cases.Count, targets));
            loss += part.item<float>();
            if (prompts > 0)
            {
                var promptPart = Loss(found, pack.PromptWeights(prompts));
                promptLoss += promptPart.item<float>();
                part = part.Plus(promptPart, promptWeight);
            }

            part.backward();
            optimizer.Gather();
            _tokens += pack.Ids.Length;
        }

        var norm = optimizer.ClipGradients(_options.ClipNorm);
        if (!double.IsFinite(loss + promptLoss) || !double.IsFinite(norm))
        {
            var shown = string.Join(", ", _order.Batch(step, _options.BatchSize)[..Math.Min(8, cases.Count)].ToArray());
            throw new EhrR1Exception($"The loss is no number any more at step {step + 1} (loss {loss}, gradient norm {norm}; the batch's first cases are {shown})", null, "The last checkpoint is whole, but its settings are part of it: look at these cases, or begin anew in another folder with a lower learning rate");
        }

        var rate = _schedule.At(step);
        optimizer.Step(rate);
        optimizer.ZeroGradients();
        var line = new JsonObject
        {
            ["step"] = step,
            ["epoch"] = Math.Round((double)(step + 1) * _options.BatchSize / _cases.Count, 4),
            ["loss"] = loss,
            ["learning_rate"] = rate,
            ["gradient_norm"] = norm,
            ["targets"] = targets,
            ["reasoning_share"] = Math.Round((double)cases.Count(c => c.IsReasoning) / cases.Count, 4),
        };
        if (prompts > 0)
            line["prompt_loss"] = promptLoss;
        return line;
    }

    private Tensor Loss(Tensor found, float[] weights) => found.mul(tensor(weights, [1, weights.Length], device: _model.Options.Device)).sum().neg();
}
