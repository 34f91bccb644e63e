using System.Collections.Concurrent;
using EhrR1.Charts;
using EhrR1.Models;

namespace EhrR1.Reasoning;

/// <summary>Lets a teacher write chains for samples, and writes them in the order of the samples.</summary>
/// <remarks>
/// In two passes: first everything is asked, many at once, each answer going into the log of the model; then the samples are gone through in their order and
/// the answers are taken out of the log. So a run that was killed asks nothing twice, and ends with the same bytes.
/// </remarks>
public static class SynthesisRun
{
    /// <summary>The file with the chains.</summary>
    public const string ChainsFile = ChainCheckRun.ChainsFile;

    /// <summary>The file with all that the model wrote, by the hash of what it was asked.</summary>
    public const string LogFile = "teacher-log.jsonl";

    /// <summary>Runs a language model as the teacher.</summary>
    /// <param name="samples">Reads the samples in their order; called twice.</param>
    /// <param name="model">The model; what it answers is kept in <see cref="LogFile"/>.</param>
    /// <param name="teach">Makes the teacher of the model that is to be asked.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="options">The settings.</param>
    /// <param name="ledger">The ledger, whose cost is told with the progress.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; what is answered is kept.</param>
    /// <exception cref="EhrR1Exception">The log is damaged or held by another process, or the disk is full.</exception>
    public static async Task<SynthesisReport> RunAsync(
        Func<IEnumerable<TaughtSample>> samples, ILanguageModel model, Func<ILanguageModel, IChainTeacher> teach, string folder, SynthesisOptions options,
        Ledger? ledger = null, IProgress<RequestProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(teach);
        ArgumentNullException.ThrowIfNull(options);
        Workspace.CreateFolder(folder);
        var asked = new AskedOnceModel(model);
        using var logged = LoggedModel.Open(asked, Path.Combine(folder, LogFile));
        var teacher = teach(new PartedModel(logged));
        var engine = new RequestEngine(new RequestEngineOptions { Concurrency = options.Concurrency, FailuresAtMost = options.FailuresAtMost });
        var failed = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var report = await engine.RunAsync(
            samples(),
            t => t.Sample.Id,
            async (taught, token) =>
            {
                try
                {
                    return (await teacher.TeachAsync(taught, options.Chains, token).ConfigureAwait(false)).Usage;
                }
                catch (Exception e) when (e is EndpointException or RequestFailedException)
                {
                    failed[taught.Sample.Id] = true;
                    throw;
                }
            },
            ledger: ledger,
            progress: progress,
            cancellationToken: cancellationToken).ConfigureAwait(false);
        asked.Close();
        var written = await WriteAsync(samples(), teacher, folder, options, failed.ContainsKey, cancellationToken).ConfigureAwait(false);
        return written with { Failures = report.Failures, Stopped = report.Stopped?.Message };
    }

    /// <summary>Lets a teacher write that asks nobody: the narrator.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<SynthesisReport> TellAsync(Func<IEnumerable<TaughtSample>> samples, IChainTeacher teacher, string folder, SynthesisOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(options);
        Workspace.CreateFolder(folder);
        // What it has nothing to say of it was asked about all the same.
        return await WriteAsync(samples(), teacher, folder, options, _ => true, cancellationToken).ConfigureAwait(false) with { Requests = 0 };
    }

    /// <summary>The tokens that a run used so far, which count against its budget when it goes on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="model">The model that it asks.</param>
    /// <exception cref="EhrR1Exception">The log is damaged or held by another process.</exception>
    public static TokenUsage UsedBefore(string folder, ILanguageModel model)
    {
        using var logged = LoggedModel.Open(model, Path.Combine(folder, LogFile));
        return logged.UsedBefore;
    }

    /// <summary>Goes through the samples in their order and writes what the teacher says of each.</summary>
    internal static async Task<SynthesisReport> WriteAsync(
        IEnumerable<TaughtSample> samples, IChainTeacher teacher, string folder, SynthesisOptions options, Func<string, bool> wasAskedInVain, CancellationToken cancellationToken)
    {
        var tally = new SynthesisTally();
        var usage = default(TokenUsage);
        await WholeLines.WriteAsync(Path.Combine(folder, ChainsFile), "The chains", async lines =>
        {
            foreach (var taught in samples)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (chains, used) = await TakeAsync(teacher, taught, options.Chains, cancellationToken).ConfigureAwait(false);
                tally.Add(taught, chains, chains is not null || wasAskedInVain(taught.Sample.Id));
                usage += used;
                for (int i = 0; i < chains?.Count; i++)
                    await lines.WriteAsync(ReasoningChainJson.ToLine(ChainOf(taught, teacher, chains[i], i)) + "\n").ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
        var tasks = tally.Tasks();
        return new SynthesisReport(teacher.Name, teacher.Template, tasks, tasks.Sum(t => t.Answered), usage, [], null);
    }

    /// <summary>What a teacher says of a sample; <see langword="null"/> where it was not asked.</summary>
    internal static async Task<(IReadOnlyList<ChainDraft>? Chains, TokenUsage Usage)> TakeAsync(IChainTeacher teacher, TaughtSample taught, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await teacher.TeachAsync(taught, count, cancellationToken).ConfigureAwait(false);
        }
        catch (NotAskedException)
        {
            return (null, default);
        }
    }

    private static ReasoningChain ChainOf(TaughtSample taught, IChainTeacher teacher, ChainDraft draft, int index) => new()
    {
        Id = $"{taught.Sample.Id}-{index + 1}",
        SampleId = taught.Sample.Id,
        Chain = draft.Text,
        Answer = taught.Sample.Labels,
        Teacher = teacher.Name,
        Template = teacher.TemplateOf(taught.Sample.Task),
        Finish = draft.Finish,
    };
}
