using System.Diagnostics;
using System.Globalization;
using EhrR1.Tasks;

namespace EhrR1.Models.Benchmarks;

/// <summary>The headline figures in seconds instead of minutes: best of a few runs over a benchmark's inputs.</summary>
internal static class TokenRun
{
    private const int Runs = 7;

    public static void Write(string tokenizerPath, string bench, TextWriter output)
    {
        var start = Stopwatch.GetTimestamp();
        var tokenizer = ByteLevelTokenizer.Load(tokenizerPath);
        var load = Stopwatch.GetElapsedTime(start);
        string[] texts = [.. BenchmarkReader.ReadFolder(bench).Select(s => s.Input).Distinct()];
        var characters = texts.Sum(t => (long)t.Length);
        var tokens = texts.Sum(t => (long)tokenizer.Count(t));
        output.WriteLine(Invariant($"{texts.Length:N0} inputs, {characters:N0} characters, {tokens:N0} tokens; the tokenizer loads in {load.TotalSeconds:F2} s."));
        output.WriteLine();
        output.WriteLine("| what | million tokens a second | million characters a second | allocated a token |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (name, work) in new (string, Func<string, int>)[] { ("count", tokenizer.Count), ("encode", t => tokenizer.Encode(t).Length), ("estimate", EstimatedTokenCounter.Count) })
        {
            var best = TimeSpan.MaxValue;
            long allocated = 0;
            for (var run = 0; run < Runs; run++)
            {
                var bytes = GC.GetAllocatedBytesForCurrentThread();
                start = Stopwatch.GetTimestamp();
                foreach (var text in texts)
                    work(text);
                var taken = Stopwatch.GetElapsedTime(start);
                best = taken < best ? taken : best;
                allocated = GC.GetAllocatedBytesForCurrentThread() - bytes;
            }

            output.WriteLine(Invariant($"| {name} | {tokens / best.TotalSeconds / 1e6:F1} | {characters / best.TotalSeconds / 1e6:F1} | {(double)allocated / tokens:F1} bytes |"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
