using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Stage 3 from prompts and a model folder to a new model folder.</summary>
public static class ReinforcementStage
{
    /// <summary>Trains, goes on with an unfinished training, or finds it finished.</summary>
    /// <param name="model">The model folder to begin from.</param>
    /// <param name="data">The prompts, as <c>ins rl</c> writes them.</param>
    /// <param name="reward">The terms of the reward.</param>
    /// <param name="contexts">Finds a sample with its graph; needed where grounding is weighted.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="resume">Whether an unfinished training may be gone on with.</param>
    /// <param name="grounds">What chains are held against where grounding is weighted, as the manifest has it: another workspace or other graphs make another reward.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Stops between two tokens, with a checkpoint.</param>
    /// <returns>The manifest of the finished training.</returns>
    /// <exception cref="EhrR1Exception">A setting is out of its range, model or data cannot be read, the folder is of something else, memory is short, or the disk is full.</exception>
    public static JsonObject Run(string model, string data, RewardFunction reward, Func<string, RewardContext>? contexts, StageSettings settings, string folder, bool resume, JsonObject? grounds = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(reward);
        settings.Check();
        var what = new JsonObject
        {
            ["stage"] = "rl",
            ["model"] = StageInputs.OfModel(model),
            ["data"] = new JsonArray(StageInputs.OfData(data, cancellationToken)),
            ["settings"] = JsonSerializer.SerializeToNode(settings with { FineTuning = new FineTuningOptions(), Compute = settings.Compute with { Threads = null } }, StageSettings.Json),
        };
        if (settings.Reward.Grounding > 0 && grounds is not null)
            what["grounds"] = grounds.DeepClone();
        using var training = TrainingFolder.Open(folder, what, resume);
        try
        {
            if (!training.IsFinished)
                Train(training, model, data, reward, contexts, settings, progress, cancellationToken);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            // Steps say for themselves what to lower: this is of what comes before and after them, such as LoRA that is attached.
            throw MemoryShortage.AtStart(e);
        }

        // The model is written; what was needed to go on is not any more, also where a run ended just before it was deleted.
        new TrainingCheckpoint(training.FullPath, training.Fingerprint).Delete();
        return training.Manifest;
    }

    private static void Train(TrainingFolder training, string model, string data, RewardFunction reward, Func<string, RewardContext>? contexts, StageSettings settings, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var options = settings.Compute.Start();
        using var policy = ModelFolder.LoadModel(model, options);
        using var reference = settings.Reinforcement.Loss.Divergence != 0 ? ModelFolder.LoadModel(model, options) : null;
        var tokenizer = ModelFolder.LoadTokenizer(model, policy.Config);
        var template = ChatTemplate.Load(model) ?? throw new EhrR1Exception("The model has no chat template, which conversations need", model, "Use a model that was taught to converse, or put its tokenizer_config.json into the folder");
        var stops = GenerationDefaults.Read(model, policy.Config, tokenizer).EndTokens;
        var prompts = RolloutPromptReader.Read(data, cancellationToken);
        var tokens = prompts.Select(p => template.Encode(tokenizer, p.Messages)).ToList();
        using var adapter = settings.Lora is { } lora ? LowRankAdapter.Attach(policy, lora) : null;
        var rewards = new CompletionReward(reward, prompts, tokenizer, policy, contexts);
        var trainer = new PolicyTrainer(policy, tokens, new PolicyDraw(policy, settings.Reinforcement, rewards.NeedsWholeDraws, stops), rewards, settings.Reinforcement, training.FullPath, reference, adapter);
        trainer.Run(new TrainingCheckpoint(training.FullPath, training.Fingerprint), progress, cancellationToken);
        StageOutputs.Save(policy, adapter, training.FullPath, model, stops);
        var means = MetricsLog.Read(training.FullPath).Select(l => (double)l["reward"]!).ToList();
        var tenth = Math.Max(1, means.Count / 10);
        training.Finish(new JsonObject { ["steps"] = trainer.Steps, ["cases"] = prompts.Count, ["first_reward"] = means.Take(tenth).Average(), ["last_reward"] = means.TakeLast(tenth).Average() });
    }
}
