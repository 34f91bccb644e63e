using System.Runtime.Intrinsics;

namespace EhrR1.Scoring;

/// <summary>Bootstrap over patients: whole patients are drawn with replacement, and with each come all her samples, in every task.</summary>
/// <remarks>
/// <para>Samples of one patient are not independent, so drawing samples would give intervals that are too narrow. In each
/// replicate as many patients are drawn as there are; a patient drawn k times has every sample counted k times. Source:
/// Efron and Tibshirani, An Introduction to the Bootstrap (1993); Field and Welsh, JRSS B 69 (2007), for clusters.</para>
/// <para>Replicate r's draw is a function of seed, r and the sorted patient ids: scores of several metrics, tasks, groups
/// and models under one index move together, so that means and differences of them are paired. Thread-safe.</para>
/// </remarks>
public static class PatientBootstrap
{
    /// <summary>Bootstraps one metric over one list of samples.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="samples">The samples with a model's answers.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>The score with its replicates.</returns>
    public static ScoreDraws Run(
        IMetric metric, IReadOnlyList<AnsweredSample> samples, BootstrapOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentNullException.ThrowIfNull(samples);
        PatientIndex patients = PatientIndex.Of(samples.Select(s => s.Patient));
        return Run([metric.Prepare(samples, patients)], patients, options, cancellation)[0];
    }

    /// <summary>Bootstraps any number of prepared metrics with one joint draw of patients a replicate.</summary>
    /// <param name="metrics">Metrics prepared with <paramref name="patients"/>: of tasks, groups or models alike.</param>
    /// <param name="patients">The patients drawn.</param>
    /// <param name="options">Settings; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellation">Stops between replicates.</param>
    /// <returns>One score with its replicates for each metric, in the same order.</returns>
    public static IReadOnlyList<ScoreDraws> Run(
        IReadOnlyList<IPreparedMetric> metrics, PatientIndex patients, BootstrapOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(patients);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Replicates, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options));
        var draws = new double[metrics.Count][];
        for (int m = 0; m < draws.Length; m++) draws[m] = new double[options.Replicates];
        var parallel = new ParallelOptions
        {
            CancellationToken = cancellation,
            MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        ILanedMetric?[] laned = [.. metrics.Select(m => m as ILanedMetric)];
        Parallel.For(
            0,
            (options.Replicates + Lanes.Width - 1) / Lanes.Width,
            parallel,
            () => new Block(patients.Count),
            (number, _, block) =>
            {
                int first = number * Lanes.Width, drawn = Math.Min(Lanes.Width, options.Replicates - first);
                block.Draw(options.Seed, first);
                for (int m = 0; m < draws.Length; m++)
                {
                    Vector256<double> scores = laned[m] is { } lanes ? lanes.EvaluateLanes(block.Lanes) : block.EvaluateEach(metrics[m]);
                    for (int lane = 0; lane < drawn; lane++) draws[m][first + lane] = scores[lane];
                }

                return block;
            },
            static _ => { });
        int[] once = patients.EachOnce();
        var source = new DrawSource(options.Seed, options.Replicates, patients.Fingerprint);
        return [.. metrics.Select((metric, m) => new ScoreDraws(metric.Evaluate(once), draws[m], source))];
    }

    internal static void Draw(Span<int> counts, ulong seed, int replicate)
    {
        counts.Clear();
        var random = new SplitMix64(SplitMix64.Mix(SplitMix64.Mix(seed) + (ulong)replicate));
        for (int i = 0; i < counts.Length; i++) counts[random.Below(counts.Length)]++;
    }

    /// <summary>One thread's room for four replicates.</summary>
    private sealed class Block(int patients)
    {
        private readonly int[][] _counts = [.. Enumerable.Range(0, EhrR1.Scoring.Lanes.Width).Select(_ => new int[patients])];
        private readonly float[] _lanes = new float[patients * EhrR1.Scoring.Lanes.Width];

        public ReadOnlySpan<float> Lanes => _lanes;

        // Past the last replicate of all, too: those lanes are drawn and not read.
        public void Draw(ulong seed, int first)
        {
            for (int lane = 0; lane < _counts.Length; lane++) PatientBootstrap.Draw(_counts[lane], seed, first + lane);
            EhrR1.Scoring.Lanes.Interleave(_counts, _lanes);
        }

        public Vector256<double> EvaluateEach(IPreparedMetric metric) => Vector256.Create(
            metric.Evaluate(_counts[0]), metric.Evaluate(_counts[1]), metric.Evaluate(_counts[2]), metric.Evaluate(_counts[3]));
    }
}
