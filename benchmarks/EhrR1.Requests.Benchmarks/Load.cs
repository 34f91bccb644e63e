using System.Diagnostics;
using EhrR1.Models;

namespace EhrR1.Requests.Benchmarks;

/// <summary>Asks many short questions through the whole stack, as an evaluation does: engine, log, ledger, retries, client.</summary>
internal sealed class Load(OpenAiModel endpoint)
{
    /// <summary>What a run took.</summary>
    /// <param name="Seconds">Wall-clock time.</param>
    /// <param name="HeldMb">The managed memory that was held after each tenth of the requests, garbage left out, in MB.</param>
    /// <param name="WorkingSetMb">The process's memory at the end, in MB.</param>
    public sealed record Result(int Requests, double Seconds, IReadOnlyList<double> HeldMb, double WorkingSetMb)
    {
        public double PerSecond => Requests / Seconds;
    }

    public async Task<Result> RunAsync(int requests, int concurrency, bool score, bool measureMemory = false)
    {
        var folder = Directory.CreateTempSubdirectory("ehr-r1-benchmark-");
        try
        {
            using var model = LoggedModel.Open(new MeteredModel(new ResilientModel(endpoint), new Ledger()), Path.Combine(folder.FullName, "requests.jsonl"));
            var held = new List<double>();
            var done = 0;
            var watch = Stopwatch.StartNew();
            var report = await new RequestEngine(new RequestEngineOptions { Concurrency = concurrency }).RunAsync(
                Enumerable.Range(0, requests), i => $"{i}",
                async (i, token) =>
                {
                    var usage = await AskAsync(model, i, score, token);
                    if (measureMemory && Interlocked.Increment(ref done) % (requests / 10) == 0)
                    {
                        lock (held)
                            held.Add(GC.GetTotalMemory(forceFullCollection: true) / 1e6);
                    }

                    return usage;
                },
                requests);
            watch.Stop();
            report.ThrowIfStopped();
            return new Result(requests, watch.Elapsed.TotalSeconds, held, Environment.WorkingSet / 1e6);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TokenUsage> AskAsync(ILanguageModel model, int number, bool score, CancellationToken cancellationToken)
    {
        var prompt = new ModelPrompt([new PromptMessage(PromptRole.User, $"Sample {number}: will the patient come back within 30 days? Answer yes or no.")]);
        if (score)
            return (await model.ScoreAnswersAsync(new AnswerScoringRequest(prompt, ["yes", "no"]), cancellationToken))!.Usage;
        return (await model.GenerateAsync(new GenerationRequest { Prompt = prompt }, cancellationToken)).Usage;
    }
}
