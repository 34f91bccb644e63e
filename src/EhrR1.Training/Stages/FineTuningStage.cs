using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Training;

/// <summary>Stage 1 or 2 from instruction sets and a model folder to a new model folder.</summary>
public static class FineTuningStage
{
    private const string TokensName = "tokens";

    /// <summary>Trains, goes on with an unfinished training, or finds it finished.</summary>
    /// <param name="stage">The stage's name for the manifest: <c>sft</c> or <c>reason</c>.</param>
    /// <param name="model">The model folder to begin from.</param>
    /// <param name="data">Instruction sets; their cases are mixed.</param>
    /// <param name="heldOut">An instruction set to look at meanwhile, or <see langword="null"/>.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="folder">The folder to write.</param>
    /// <param name="resume">Whether an unfinished training may be gone on with.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="reading">Told while cases are made into tokens.</param>
    /// <param name="cancellationToken">Stops after a step, with a checkpoint.</param>
    /// <returns>The manifest of the finished training.</returns>
    /// <exception cref="EhrR1Exception">A setting is out of its range, model or data cannot be read, the folder is of something else, memory is short, or the disk is full.</exception>
    public static JsonObject Run(string stage, string model, IReadOnlyList<string> data, string? heldOut, StageSettings settings, string folder, bool resume, IProgress<TrainingProgress>? progress = null, IProgress<StageProgress>? reading = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        settings.Check();
        var what = new JsonObject
        {
            ["stage"] = stage,
            ["model"] = StageInputs.OfModel(model),
            ["data"] = new JsonArray([.. data.Select(d => (JsonNode)StageInputs.OfData(d, cancellationToken))]),
            ["held_out"] = heldOut is null ? null : StageInputs.OfData(heldOut, cancellationToken),
            // Threads change no number.
            ["settings"] = JsonSerializer.SerializeToNode(settings with { Reinforcement = new ReinforcementOptions(), Compute = settings.Compute with { Threads = null } }, StageSettings.Json),
        };
        using var training = TrainingFolder.Open(folder, what, resume);
        try
        {
            if (!training.IsFinished)
                Train(training, model, data, heldOut, settings, progress, reading, cancellationToken);
        }
        catch (Exception e) when (MemoryShortage.IsOf(e))
        {
            // Steps say for themselves what to lower: this is of what comes before and after them, such as LoRA that is attached.
            throw MemoryShortage.AtStart(e);
        }

        // The model is written; what was needed to go on is not any more, also where a run ended just before it was deleted.
        new TrainingCheckpoint(training.FullPath, training.Fingerprint).Delete();
        if (Path.Combine(training.FullPath, TokensName) is var tokens && Directory.Exists(tokens))
            Directory.Delete(tokens, recursive: true);
        return training.Manifest;
    }

    private static void Train(TrainingFolder training, string model, IReadOnlyList<string> data, string? heldOut, StageSettings settings, IProgress<TrainingProgress>? progress, IProgress<StageProgress>? reading, CancellationToken cancellationToken)
    {
        var options = settings.Compute.Start();
        using var decoder = ModelFolder.LoadModel(model, options);
        var tokenizer = ModelFolder.LoadTokenizer(model, decoder.Config);
        var template = ChatTemplate.Load(model) ?? throw new EhrR1Exception("The model has no chat template, which conversations need", model, "Use a model that was taught to converse, or put its tokenizer_config.json into the folder");
        var ends = GenerationDefaults.Read(model, decoder.Config, tokenizer).EndTokens;
        using var cases = Tokenize(data, tokenizer, template, settings.FineTuning.EmptyThoughtIsPrompt, training.Fingerprint, Path.Combine(training.FullPath, TokensName, "train"), reading, cancellationToken);
        using var held = heldOut is null ? null : Tokenize([heldOut], tokenizer, template, settings.FineTuning.EmptyThoughtIsPrompt, training.Fingerprint, Path.Combine(training.FullPath, TokensName, "held-out"), reading, cancellationToken);
        using var adapter = settings.Lora is { } lora ? LowRankAdapter.Attach(decoder, lora) : null;
        var tuner = new FineTuner(decoder, cases, held, settings.FineTuning, training.FullPath, adapter);
        var loss = tuner.Run(new TrainingCheckpoint(training.FullPath, training.Fingerprint), progress, cancellationToken);
        StageOutputs.Save(decoder, adapter, training.FullPath, model, ends);
        training.Finish(new JsonObject { ["steps"] = tuner.Steps, ["cases"] = cases.Count, ["tokens"] = cases.Tokens, ["held_out_loss"] = loss });
    }

    private static TokenizedCases Tokenize(IReadOnlyList<string> data, ByteLevelTokenizer tokenizer, ChatTemplate template, bool emptyThoughtIsPrompt, string fingerprint, string folder, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        // The mark is written last: without it the files are of a run that was stopped.
        var mark = Path.Combine(folder, "fingerprint");
        if (File.Exists(mark) && File.ReadAllText(mark) == fingerprint)
            return TokenizedCases.Open(folder);
        Workspace.CreateFolder(folder);
        long done = 0;
        var cases = data.SelectMany(d => ConversationReader.Read(d, cancellationToken)).Select(c =>
        {
            var (tokens, start) = template.EncodeForTraining(tokenizer, c.Messages, emptyThoughtIsPrompt);
            progress?.Report(new StageProgress("Making tokens", ++done, Unit: "cases"));
            return new TrainingCase(tokens, start, c.IsReasoning);
        });
        var written = TokenizedCases.Write(folder, cases);
        AtomicFile.WriteText(mark, fingerprint);
        return written;
    }
}
