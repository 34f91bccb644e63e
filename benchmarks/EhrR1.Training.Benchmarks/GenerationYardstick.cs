using System.Diagnostics;
using System.Globalization;

namespace EhrR1.Training.Benchmarks;

/// <summary>Greedy generation with a cache against the same in PyTorch, round by round in turn, and what memory does over 1,000 steps.</summary>
internal static class GenerationYardstick
{
    private const int Prompt = 64, New = 256;

    /// <summary>Prints the second table of results/generation.md.</summary>
    /// <param name="python">The interpreter that has PyTorch; it is left out where there is none.</param>
    /// <param name="rounds">Rounds of each line.</param>
    public static void Run(string python, int rounds)
    {
        var threads = Environment.ProcessorCount;
        var config = NanoPresets.Standard.Architecture(4096, 1, 2);
        using var model = DecoderModel.Create(config, 1, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads) });
        Console.WriteLine($"{threads} threads; prompts of {Prompt} tokens, {New} new ones each, reading the prompt included; median (lowest – highest) of {rounds} rounds");
        Console.WriteLine();
        Console.WriteLine("| batch | here, tokens/s | PyTorch, tokens/s | ratio of medians | version |");
        Console.WriteLine("|--:|--:|--:|--:|---|");
        foreach (var batch in new[] { 1, 32 })
            Row(model, batch, python, threads, rounds);
        Console.WriteLine();
        Growth(model);
    }

    private static void Row(DecoderModel model, int batch, string python, int threads, int rounds)
    {
        using var yardstick = Yardstick.Start(python, threads, batch, Prompt, model.Config, rounds, New);
        Generate(model, batch, New);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            if (yardstick?.Round() is { } other)
                theirs.Add(other.Wall);
            var watch = Stopwatch.StartNew();
            Generate(model, batch, New);
            ours.Add(batch * New / watch.Elapsed.TotalSeconds);
        }

        var ratio = theirs.Count == 0 ? "" : (Median(ours) / Median(theirs)).ToString("0.00", CultureInfo.InvariantCulture);
        Console.WriteLine($"| {batch} | {Spread(ours)} | {(theirs.Count == 0 ? "" : Spread(theirs))} | {ratio} | {yardstick?.Version} |");
    }

    // A thousand steps of 32 sequences, begun anew whenever they have reached the model's longest.
    private static void Growth(DecoderModel model)
    {
        Generate(model, 32, 250);
        var before = Resident();
        for (var i = 0; i < 4; i++)
            Generate(model, 32, 250);
        Console.WriteLine($"Over 1,000 steps of 32 sequences: resident memory {before >> 20:N0} → {Resident() >> 20:N0} MiB.");
    }

    private static void Generate(DecoderModel model, int batch, int tokens)
    {
        using var running = new GenerationBatch(model);
        running.Run([.. Enumerable.Range(0, batch).Select(i => new SequenceRequest([.. Enumerable.Range(0, Prompt).Select(t => 300 + (((i * Prompt) + t) % 1_700))], new SequenceOptions { MaxNewTokens = tokens, StopTokens = [] }))]);
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static double Median(List<double> rounds) => rounds.Order().ElementAt(rounds.Count / 2);

    private static string Spread(List<double> rounds) => $"{Median(rounds):N0} ({rounds.Min():N0} – {rounds.Max():N0})";
}
