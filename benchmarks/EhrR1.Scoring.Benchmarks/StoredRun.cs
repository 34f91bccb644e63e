using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Scoring.Benchmarks;

/// <summary>A stored run of 100,000 samples over the 42 tasks, and how long it takes to score it again, intervals included.</summary>
internal static class StoredRun
{
    private const int Samples = 100_000, Patients = 20_000, Vocabulary = 400;

    private static readonly JsonSerializerOptions _lines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Write(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("ehr-r1-stored-run-").FullName;
        try
        {
            RunFolder run = Make(folder);
            output.WriteLine("| step | wall | processor |");
            output.WriteLine("|---|---|---|");
            for (int turn = 0; turn < 3; turn++)
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                RunScores scores = RunScorer.Score(run);
                output.WriteLine($"| score {Samples:N0} samples of {scores.Tasks.Count} tasks, {Patients:N0} patients, 1,000 replicates, five groupings ({(turn == 0 ? "cold" : "warm")}) | {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s | {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s |");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunFolder Make(string folder)
    {
        var run = new RunFolder(folder);
        var random = new Random(11);
        TaskDefinition[] tasks = [.. TaskCatalog.Tasks.Where(t => !t.IsExtra)];
        using (var samples = new StreamWriter(run.SamplesFile))
        using (var answers = new StreamWriter(run.AnswersFile))
        {
            for (int i = 0; i < Samples; i++)
            {
                TaskDefinition task = tasks[i % tasks.Length];
                bool isRisk = task.Kind == TaskKind.Risk;
                long patient = random.Next(Patients);
                bool yes = random.Next(2) == 0;
                string[] labels = isRisk ? [yes ? "yes" : "no"] : Items(random);
                samples.WriteLine(JsonSerializer.Serialize(
                    new RunSample { Id = $"{task.Name}-{i}", Task = task.Name, Kind = task.Kind, SubjectId = 10_000_000 + patient, Labels = labels, Groups = Groups(patient) }, _lines));
                answers.WriteLine(JsonSerializer.Serialize(
                    new RunAnswer
                    {
                        Id = $"{task.Name}-{i}", Task = task.Name, PromptSha256 = new string('a', 64), Finish = FinishReason.Stop, LatencyMs = random.Next(2000), Usage = new TokenUsage(9000, 40),
                        PYes = isRisk ? (yes ? 0.3 : 0) + (0.7 * random.NextDouble()) : null, PSource = isRisk ? "top_logprobs" : null, Output = isRisk ? null : Written(random, labels),
                    },
                    _lines));
            }
        }

        run.Write(new RunManifest
        {
            Model = "made", Fingerprint = "made", Benchmark = [], BenchmarkFolder = folder, Started = DateTimeOffset.UnixEpoch, State = RunState.Complete, Samples = Samples, Answered = Samples,
            NaturalPrevalence = tasks.Where(t => t.Kind == TaskKind.Risk).ToDictionary(t => t.Name, _ => 0.07),
        });
        return run;
    }

    private static string[] Items(Random random) => [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => random.Next(Vocabulary)).Distinct().Select(n => $"Item {n}, of some kind")];

    // A third each: bare, bulleted behind thinking, between commas.
    private static string Written(Random random, string[] labels)
    {
        string[] items = [.. labels.Where(_ => random.Next(3) > 0), .. Items(random).Take(3)];
        return random.Next(3) switch
        {
            0 => string.Join('\n', items),
            1 => $"<think>\n{string.Concat(Enumerable.Repeat("The patient was admitted and so on. ", 40))}\n</think>\n\n- {string.Join("\n- ", items)}",
            _ => string.Join(", ", items),
        };
    }

    private static Dictionary<string, string> Groups(long patient) => new()
    {
        ["sex"] = patient % 2 == 0 ? "F" : "M", ["age"] = PatientGroups.AgeBand(20 + (patient % 70)), ["race"] = $"race {patient % 6}", ["insurance"] = $"insurance {patient % 4}", ["admission_type"] = $"type {patient % 8}",
    };
}
