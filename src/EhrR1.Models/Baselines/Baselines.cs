using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>The baselines by name: how they are fitted, and how fitted ones are read back.</summary>
/// <remarks>Stateless; safe for use by any number of threads.</remarks>
public static class Baselines
{
    /// <summary>The name of <see cref="PriorModel"/>.</summary>
    public const string Prior = "prior";

    /// <summary>The name of <see cref="CopyLastModel"/>.</summary>
    public const string CopyLast = "copy-last";

    /// <summary>The name of <see cref="GradientBoostingModel"/>.</summary>
    public const string Gbm = "gbm";

    /// <summary>The names of all baselines.</summary>
    public static IReadOnlyList<string> Names { get; } = [Prior, CopyLast, Gbm];

    /// <summary>Whether a baseline reads the training samples' inputs when it is fitted, and not only their labels.</summary>
    public static bool ReadsInputs(string name) => name == Gbm;

    /// <summary>Makes sure before any work that a baseline can be fitted on this machine.</summary>
    /// <exception cref="EhrR1Exception">There is no baseline of this name, or LightGBM is missing here.</exception>
    public static void Require(string name)
    {
        if (!Names.Contains(name))
            throw new EhrR1Exception($"There is no baseline '{name}'", null, $"Use one of {string.Join(", ", Names)}");
        if (name == Gbm)
            LightGbmLibrary.Require();
    }

    /// <summary>Fits a baseline.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="samples">Training samples of any tasks in any order; they are read once and not kept.</param>
    /// <param name="prevalences">The share of yes in the whole training split by risk task; a task that is missing takes that of its samples.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told about each task that is fitted.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted baseline; equal samples give equal bytes in its files, whatever their order and the number of threads.</returns>
    /// <exception cref="EhrR1Exception">There is no baseline of this name, or LightGBM is missing here.</exception>
    /// <exception cref="InvalidOperationException">A sample is not of the training split.</exception>
    public static BaselineModel Fit(
        string name,
        IEnumerable<TrainingSample> samples,
        IReadOnlyDictionary<string, double>? prevalences = null,
        BaselineOptions? options = null,
        IProgress<StageProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Require(name);
        options ??= new BaselineOptions();
        var names = new FeatureNames();
        var rows = ReadRows(samples, name == Gbm ? names : null, options, cancellationToken);
        var priors = rows
            .Select(task => PriorFit.Fit(
                TaskCatalog.Get(task.Key), [.. task.Value.Select(r => r.Labels)], Prevalence(prevalences, task.Key), options.PriorLabels))
            .OfType<TaskPrior>()
            .ToArray();
        var prior = new PriorModel(priors);
        return name switch
        {
            Prior => prior,
            CopyLast => new CopyLastModel(prior),
            _ => new GradientBoostingModel(prior, GrowTrees(rows, names.ToArray(), prior, options, progress, cancellationToken)),
        };
    }

    /// <summary>Reads a fitted baseline back from the folder that <see cref="BaselineModel.Save"/> wrote.</summary>
    /// <exception cref="EhrR1Exception">There is no baseline of this name, or its files cannot be read.</exception>
    public static BaselineModel Load(string name, string folder) => name switch
    {
        Prior => BaselineFiles.ReadPriors(folder),
        CopyLast => new CopyLastModel(BaselineFiles.ReadPriors(folder)),
        Gbm => new GradientBoostingModel(BaselineFiles.ReadPriors(folder), BaselineFiles.ReadTrees(folder)),
        _ => throw new EhrR1Exception($"There is no baseline '{name}'", null, $"Use one of {string.Join(", ", Names)}"),
    };

    private static SortedDictionary<string, List<FeatureRow>> ReadRows(
        IEnumerable<TrainingSample> samples, FeatureNames? names, BaselineOptions options, CancellationToken cancellationToken)
    {
        var rows = new SortedDictionary<string, List<FeatureRow>>(StringComparer.Ordinal);
        ForEach(samples, options, cancellationToken, sample =>
        {
            if (sample.Split != "train")
                throw new InvalidOperationException($"A baseline is fitted on training patients alone; sample {sample.Question.Id} is of split '{sample.Split}'.");
            var row = names is null
                ? new FeatureRow(sample.SubjectId, sample.Question.Id, [], [], sample.Labels)
                : FeatureRow.Of(sample, names);
            lock (rows)
            {
                if (!rows.TryGetValue(sample.Question.Task, out var list))
                    rows.Add(sample.Question.Task, list = []);
                list.Add(row);
            }
        });
        // Sums over samples depend on their order in the last digit.
        foreach (var list in rows.Values)
            list.Sort((a, b) => a.SubjectId != b.SubjectId ? a.SubjectId.CompareTo(b.SubjectId) : string.CompareOrdinal(a.Id, b.Id));
        return rows;
    }

    private static IEnumerable<TaskTrees> GrowTrees(
        SortedDictionary<string, List<FeatureRow>> rows, string[] names, PriorModel prior, BaselineOptions options,
        IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var grown = new ConcurrentBag<TaskTrees>();
        var done = 0;

        // The tasks with the most work first, so that no thread is left with a long one at the end.
        ForEach(
            rows.OrderByDescending(t => TaskCatalog.Get(t.Key).Kind == TaskKind.Decision).ThenByDescending(t => t.Value.Count).ToArray(),
            options,
            cancellationToken,
            task =>
            {
                if (prior.Of(task.Key) is { } taskPrior && TaskTreesFit.Fit(TaskCatalog.Get(task.Key), task.Value, names, taskPrior, options) is { } trees)
                    grown.Add(trees);
                progress?.Report(new StageProgress("Growing trees", Interlocked.Increment(ref done), rows.Count, "tasks"));
            });
        return grown;
    }

    // One by one rather than in growing chunks: what is worked on at once stays as small as the number of threads.
    private static void ForEach<T>(IEnumerable<T> source, BaselineOptions options, CancellationToken cancellationToken, Action<T> body)
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(source, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = options.ThreadCount, CancellationToken = cancellationToken },
                body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    private static double? Prevalence(IReadOnlyDictionary<string, double>? prevalences, string task)
        => prevalences is not null && prevalences.TryGetValue(task, out var share) ? share : null;
}
