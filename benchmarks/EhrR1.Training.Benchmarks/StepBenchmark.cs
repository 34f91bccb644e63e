using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace EhrR1.Training.Benchmarks;

/// <summary>A training step (forward, loss over all tokens, gradients, clipping, AdamW) against the same in PyTorch, round by round in turn.</summary>
internal static class StepBenchmark
{
    private const int Batch = 8, Tokens = 512, Steps = 3;
    private static readonly ModelConfig _small = NanoPresets.Standard.Architecture(4096, 1, 2) with { MaxPositions = 1024 };
    private static readonly ModelConfig _larger = _small with { HiddenSize = 320, IntermediateSize = 832, Layers = 8, Heads = 10, KeyValueHeads = 5 };

    /// <summary>Prints the tables of results/training.md.</summary>
    /// <param name="python">The interpreter that has PyTorch; it is left out where there is none.</param>
    /// <param name="rounds">Rounds of each line.</param>
    public static void Run(string python, int rounds)
    {
        var threads = Environment.ProcessorCount;
        Console.WriteLine($"{threads} threads; batch {Batch} × {Tokens} tokens, vocabulary 4,096; median (lowest – highest) of {rounds} rounds of {Steps} steps; load at the start {Load()}");
        Console.WriteLine();
        Console.WriteLine("| parameters | attention | here, tokens/s | PyTorch, tokens/s | ratio of medians | here, tokens per CPU second | PyTorch | version |");
        Console.WriteLine("|--:|---|--:|--:|--:|--:|--:|---|");
        foreach (var config in new[] { _small, _larger })
        {
            foreach (var kind in new[] { AttentionKind.Plain, AttentionKind.Fused })
                Row(config, kind, python, threads, rounds);
        }

        Console.WriteLine();
        Peak(threads);
        Growth(threads);
    }

    private static void Row(ModelConfig config, AttentionKind kind, string python, int threads, int rounds)
    {
        using var model = DecoderModel.Create(config, 1, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads), Attention = kind });
        using var optimizer = new AdamW(model.named_parameters());
        // PyTorch is measured against the attention that both write by hand.
        using var yardstick = kind == AttentionKind.Plain ? Yardstick.Start(python, threads, Batch, Tokens, config, rounds) : null;
        Step(model, optimizer);
        var ours = new List<(double Wall, double Cpu)>();
        var theirs = new List<(double Wall, double Cpu)>();
        for (var round = 0; round < rounds; round++)
        {
            if (yardstick?.Round() is { } other)
                theirs.Add(other);
            var (watch, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
            for (var i = 0; i < Steps; i++)
                Step(model, optimizer);
            var done = Steps * Batch * Tokens;
            ours.Add((done / watch.Elapsed.TotalSeconds, done / (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds));
        }

        var ratio = theirs.Count == 0 ? "" : (Median(ours, t => t.Wall) / Median(theirs, t => t.Wall)).ToString("0.00", CultureInfo.InvariantCulture);
        Console.WriteLine($"| {config.Parameters:N0} | {(kind == AttentionKind.Plain ? "written by hand" : "fused")} | {Spread(ours)} | {(theirs.Count == 0 ? "" : Spread(theirs))} | {ratio} | {Median(ours, t => t.Cpu):N0} | {(theirs.Count == 0 ? "" : Median(theirs, t => t.Cpu).ToString("N0", CultureInfo.InvariantCulture))} | {yardstick?.Version} |");
    }

    private static void Step(DecoderModel model, IOptimizer optimizer)
    {
        using var scope = NewDisposeScope();
        var ids = randint(0, model.Config.VocabularySize, [Batch, Tokens + 1], ScalarType.Int64);
        model.LogProbabilities(ids.narrow(1, 0, Tokens), ids.narrow(1, 1, Tokens)).mean().neg().backward();
        optimizer.ClipGradients(1);
        optimizer.Step(1e-3);
        optimizer.ZeroGradients();
    }

    // The machine's own peak: one large product of matrices.
    private static void Peak(int threads)
    {
        TorchRuntime.Start("cpu", threads);
        using var scope = NewDisposeScope();
        const int n = 2048;
        var (a, b) = (randn(n, n), randn(n, n));
        mm(a, b);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 5; i++)
            mm(a, b).Dispose();
        var peak = 5 * 2.0 * n * n * n / watch.Elapsed.TotalSeconds / 1e9;
        Console.WriteLine($"One product of 2,048 × 2,048 matrices: {peak:N0} GFLOP/s.");
    }

    // No growth: tensors and the process over 1,000 steps of a small batch.
    private static void Growth(int threads)
    {
        using var model = DecoderModel.Create(_small with { Layers = 1 }, 1, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads) });
        using var optimizer = new AdamW(model.named_parameters());
        void Many(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                var ids = randint(0, 4096, [1, 65], ScalarType.Int64);
                model.LogProbabilities(ids.narrow(1, 0, 64), ids.narrow(1, 1, 64)).mean().neg().backward();
                optimizer.ClipGradients(1);
                optimizer.Step(1e-3);
                optimizer.ZeroGradients();
            }
        }

        Many(200);
        var (tensors, bytes) = (DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount, Resident());
        Many(1000);
        Console.WriteLine($"Over 1,000 steps: live tensors {tensors:N0} → {DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount:N0}, resident memory {bytes >> 20:N0} → {Resident() >> 20:N0} MiB.");
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static double Median(List<(double Wall, double Cpu)> rounds, Func<(double Wall, double Cpu), double> pick) => rounds.Select(pick).Order().ElementAt(rounds.Count / 2);

    private static string Spread(List<(double Wall, double Cpu)> rounds) => $"{Median(rounds, r => r.Wall):N0} ({rounds.Min(r => r.Wall):N0} – {rounds.Max(r => r.Wall):N0})";

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
