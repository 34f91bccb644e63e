using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EhrR1.Training.Tests;

public sealed class TrainThreadsTests
{
    // In processes of their own: the threads of libtorch are a process's, and other tests need one.
    [Fact]
    public async Task Sft_OneThreadOrTwo_WritesTheSameWeights()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("direct"));
        var random = new Random(7);
        File.WriteAllLines(folder.PathOf("direct", "cases.jsonl"), Enumerable.Range(0, 60).Select(i => JsonSerializer.Serialize(new
        {
            messages = new[] { new { role = "user", content = string.Join(' ', Enumerable.Range(0, 150).Select(_ => $"drug {random.Next(90)}")) }, new { role = "assistant", content = $"<think>\n\n</think>\n\nitem {i % 9}" } },
        })));
        // Large enough that sums and products are really shared out.
        NanoModel.Make(folder.PathOf("model"), ConversationReader.Read(folder.PathOf("direct")), TinyStage.Preset with { VocabularySize = 600, HiddenSize = 128, Layers = 2, Heads = 4, IntermediateSize = 256, MaxPositions = 512 }, seed: 1);
        File.WriteAllText(folder.PathOf("settings.json"), """{"fine_tuning": {"batch_size": 12, "max_tokens": 400, "pack_tokens": 6144, "learning_rate": 0.003, "muon_rate": 3, "prompt_weight": 1}}""");
        foreach (var threads in (int[])[1, 2])
            await TrainAsync(folder, threads);
        File.ReadAllBytes(folder.PathOf("out-2", "model.safetensors")).ShouldBe(File.ReadAllBytes(folder.PathOf("out-1", "model.safetensors")));
        File.ReadAllBytes(folder.PathOf("out-1", "model.safetensors")).ShouldNotBe(File.ReadAllBytes(folder.PathOf("model", "model.safetensors")));
    }

    private static async Task TrainAsync(TemporaryFolder folder, int threads)
    {
        string[] line = ["exec", Path.Combine(AppContext.BaseDirectory, "ehr-r1-train.dll"), "train", "sft", "--model", "model", "--data", "direct", "--config", "settings.json", "--out", string.Create(CultureInfo.InvariantCulture, $"out-{threads}"), "--threads", threads.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", line) { WorkingDirectory = folder.FullPath, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, error);
    }
}
