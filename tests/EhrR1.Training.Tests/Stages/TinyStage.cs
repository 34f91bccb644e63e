using System.Text.Json;
using EhrR1.Models;

namespace EhrR1.Training.Tests;

/// <summary>A tiny instruction set, tiny prompts and a model folder with fresh weights.</summary>
internal sealed class TinyStage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TinyStage()
    {
        Directory.CreateDirectory(Direct);
        Directory.CreateDirectory(Prompts);
        File.WriteAllLines(Path.Combine(Direct, "cases.jsonl"), Enumerable.Range(0, 48).Select(i => JsonSerializer.Serialize(new
        {
            messages = new[] { new { role = "user", content = $"drug {i % 4}" }, new { role = "assistant", content = i % 3 == 0 ? $"<think>\nfor {i % 4}\n</think>\n\nitem {i % 4}" : $"<think>\n\n</think>\n\nitem {i % 4}" } },
        })));
        File.WriteAllLines(Path.Combine(Prompts, "prompts.jsonl"), Enumerable.Range(0, 8).Select(i => JsonSerializer.Serialize(new
        {
            id = $"s{i}",
            task = i % 2 == 0 ? "Inpatient_Mortality" : "labevents",
            labels = new[] { i % 2 == 0 ? (i % 4 == 0 ? "yes" : "no") : "Sodium" },
            prompt = new[] { new { role = "user", content = $"drug {i % 4}" } },
            extra_info = new { subject_id = 100 + i },
        })));
        NanoModel.Make(Model, ConversationReader.Read(Direct), Preset, seed: 1);
    }

    public static NanoPreset Preset { get; } = new() { Name = "tiny", VocabularySize = 300, HiddenSize = 32, Layers = 1, Heads = 2, IntermediateSize = 32, MaxPositions = 64 };

    public static StageSettings Settings { get; } = new()
    {
        FineTuning = new FineTuningOptions { Epochs = 2, BatchSize = 8, MaxTokens = 48, LearningRate = 0.01, CheckpointEvery = 3 },
        Reinforcement = new ReinforcementOptions { Completions = 4, Prompts = 4, Epochs = 2, LearningRate = 0.001, Temperature = 1, MaxCompletionTokens = 6, CheckpointEvery = 1 },
        Compute = new ComputeSettings { Threads = 1 },
    };

    public string Direct => _folder.PathOf("direct");

    public string Prompts => _folder.PathOf("prompts");

    public string Model => _folder.PathOf("model");

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public ByteLevelTokenizer Tokenizer => ByteLevelTokenizer.Load(Model);

    public void Dispose() => _folder.Dispose();

    /// <summary>Cancels when a training has done so many steps.</summary>
    public sealed class StopAt(int steps, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        private int _seen;

        public void Report(TrainingProgress value)
        {
            if (++_seen == steps)
                stop.Cancel();
        }
    }
}
