using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>Asks a model the samples of a benchmark and keeps every answer.</summary>
/// <remarks>
/// The log of answers is the product: each is appended when it is there, so that a run that was killed goes on where it was when it is
/// started again, and asks nothing twice. Not safe for several threads at once; it asks several samples at once by itself.
/// </remarks>
/// <param name="time">The clock; <see langword="null"/> for the system's.</param>
public sealed class EvaluationRunner(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Starts a run, or goes on with one that was stopped.</summary>
    /// <param name="source">The model.</param>
    /// <param name="options">What is asked, and where it goes.</param>
    /// <param name="progress">Told how many samples are done.</param>
    /// <param name="cancellationToken">Stops the run; what is answered stays.</param>
    /// <returns>The run; its manifest says whether it is complete.</returns>
    /// <exception cref="EhrR1Exception">The benchmark or the model cannot be had, the folder holds another run, or too many calls failed.</exception>
    public async Task<RunFolder> RunAsync(IModelSource source, EvaluationOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var benchmark = BenchmarkSource.Open(options.Source);
        var files = benchmark.Describe();
        var settings = SettingsOf(source, options);
        var fingerprint = FileHash.OfText($"{source.Name}\n{settings.ToJsonString()}\n{string.Join('\n', files.Select(f => f.Sha256))}");
        var run = options.Out is { } given ? new RunFolder(given) : RunFolder.Next(benchmark.WorkspaceFolder ?? benchmark.Folder, source.Name, fingerprint);
        var manifest = Begin(run, source, benchmark, files, settings, fingerprint, options);
        if (manifest.State == RunState.Complete)
            return run;
        run.Write(manifest);
        if (!File.Exists(run.SamplesFile))
            WriteSamples(run, benchmark, options, cancellationToken);

        using var model = await source.OpenAsync(benchmark, run, progress, cancellationToken);
        RequestReport report;
        try
        {
            report = await AskAsync(run, model, benchmark, options, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What was learnt on the way, such as the context, holds for the rest too.
            run.Write(Finished(run, manifest, model));
            throw;
        }

        run.Write(Finished(run, manifest, model));
        report.ThrowIfStopped();
        return run;
    }

    private static JsonObject SettingsOf(IModelSource source, EvaluationOptions options) => new()
    {
        ["model"] = source.Settings.DeepClone(),
        ["tasks"] = options.Tasks is null ? null : new JsonArray([.. options.Tasks.Order(StringComparer.Ordinal).Select(t => (JsonNode)t)]),
        ["limit"] = options.Limit,
    };

    private RunManifest Begin(
        RunFolder run, IModelSource source, BenchmarkSource benchmark, IReadOnlyList<OutputFile> files, JsonObject settings, string fingerprint, EvaluationOptions options)
    {
        if (run.Exists)
        {
            var known = run.ReadManifest();
            if (known.Fingerprint != fingerprint)
                throw new EhrR1Exception($"The folder holds a run of '{known.Model}' with another model, other settings or another benchmark", run.Path, "Choose another folder with --out, or delete this one");
            return known.State == RunState.Complete ? known : known with { Resumed = known.Resumed + 1 };
        }

        foreach (var task in options.Tasks ?? [])
            _ = TaskCatalog.Get(task);
        Workspace.CreateFolder(run.Path);
        using var workspace = benchmark.WorkspaceFolder is { } folder ? Workspace.Open(folder) : null;
        return new RunManifest
        {
            Model = source.Name,
            Fingerprint = fingerprint,
            Settings = settings,
            Benchmark = files,
            BenchmarkFolder = benchmark.Folder,
            Profile = workspace?.Manifest.Profile,
            Seed = workspace?.Manifest.Seed,
            Synthetic = workspace?.Manifest.Synthetic ?? false,
            NaturalPrevalence = workspace is null ? new Dictionary<string, double>(StringComparer.Ordinal) : WorkspaceTraining.PrevalencesOfIndex(workspace),
            Started = _time.GetUtcNow(),
        };
    }

    internal static IEnumerable<BenchmarkSample> Chosen(IEnumerable<BenchmarkSample> samples, EvaluationOptions options)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            if (options.Tasks?.Contains(sample.Task) == false)
                continue;
            var count = counts[sample.Task] = counts.GetValueOrDefault(sample.Task) + 1;
            if (!(count > options.Limit))
                yield return sample;
        }
    }

    // One pass over the inputs, which are large; what is kept of a sample is small.
    private static void WriteSamples(RunFolder run, BenchmarkSource benchmark, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var samples = new List<(RunSample Sample, long? HadmId)>();
        foreach (var sample in Chosen(benchmark.Read(), options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var kept = new RunSample
            {
                Id = sample.Id,
                Task = sample.Task,
                Kind = sample.Kind,
                SubjectId = sample.SubjectId,
                Labels = sample.Labels,
                Echo = sample.Echo,
                Groups = benchmark.WorkspaceFolder is null ? PatientGroups.OfInput(sample.Input) : new Dictionary<string, string>(StringComparer.Ordinal),
            };
            samples.Add((kept, sample.HadmId));
        }

        var groups = PatientGroups.OfCharts(benchmark, samples.Select(s => s.Sample.SubjectId).OfType<long>().ToHashSet(), cancellationToken);
        AtomicFile.Write(run.SamplesFile, stream =>
        {
            foreach (var (sample, hadmId) in samples)
            {
                var known = sample.SubjectId is { } subject ? groups.Find(subject, hadmId) : null;
                JsonSerializer.Serialize(stream, known is null ? sample : sample with { Groups = known }, EvaluationJson.Lines);
                stream.WriteByte((byte)'\n');
            }
        });
    }

    private async Task<RequestReport> AskAsync(
        RunFolder run, OpenedModel model, BenchmarkSource benchmark, EvaluationOptions options, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        // Opened first: what another process was still writing would be asked again.
        using var log = AppendLog<RunAnswer>.Open(run.AnswersFile);
        var finished = run.ReadAnswers().Values.Where(a => a.Error is null).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        var left = run.ReadSamples().LongCount(s => !finished.Contains(s.Id));
        var asker = new SampleAsker(model, _time);
        var engine = new RequestEngine(new RequestEngineOptions { Concurrency = options.Concurrency == 0 ? model.Concurrency : options.Concurrency, FailuresAtMost = options.ErrorsAtMost }, _time);
        return await engine.RunAsync(
            Chosen(benchmark.ReadByPatient(), options).Where(s => !finished.Contains(s.Id)),
            sample => sample.Id,
            async (sample, token) =>
            {
                var answer = await asker.AskAsync(sample, token);
                log.Append(answer);
                return answer.Error is { } reason ? throw new RequestFailedException(reason) : answer.Usage;
            },
            left,
            model.Ledger,
            progress is null ? null : new RunProgress(progress, model, finished.Count, left),
            cancellationToken);
    }

    private RunManifest Finished(RunFolder run, RunManifest manifest, OpenedModel model)
    {
        var answers = run.ReadAnswers();
        int samples = 0, missing = 0;
        foreach (var sample in run.ReadSamples())
        {
            samples++;
            // A call that ended the run was taken from the stream and yet has no answer: what stands in the log decides.
            if (!answers.ContainsKey(sample.Id))
                missing++;
        }

        var errors = answers.Values.Count(a => a.Error is not null);
        var answered = answers.Values.Count(a => a.IsAnswered);
        var usage = answers.Values.Aggregate(default(TokenUsage), (sum, a) => sum + a.Usage);
        return manifest with
        {
            Samples = samples,
            Answered = answered,
            Unanswered = answers.Count - answered - errors,
            Errors = errors,
            Cut = answers.Values.Count(a => a.CutTokens > 0),
            ShortOfShots = answers.Values.Count(a => (a.Shots ?? 0) < model.Shots),
            Usage = usage,
            Cost = model.Ledger?.Prices.CostOf(usage),
            Currency = model.Ledger?.Prices.Currency,
            Found = model.Found(),
            Ended = missing > 0 ? null : _time.GetUtcNow(),
            State = missing > 0 ? RunState.Unfinished : errors > 0 ? RunState.Partial : RunState.Complete,
        };
    }
}
