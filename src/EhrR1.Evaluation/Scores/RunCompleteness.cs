using EhrR1.Charts;

namespace EhrR1.Evaluation;

/// <summary>What a run still lacks: samples that were never asked, and those whose calls failed.</summary>
public sealed record RunCompleteness
{
    /// <summary>The samples to be asked.</summary>
    public required int Samples { get; init; }

    /// <summary>Samples that were not asked yet, by task; tasks without any are left out.</summary>
    public required IReadOnlyDictionary<string, int> NotAsked { get; init; }

    /// <summary>Samples whose calls failed, by task; tasks without any are left out.</summary>
    public required IReadOnlyDictionary<string, int> Failed { get; init; }

    /// <summary>How often each kind of failure stands last in the log of a failed sample.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>Samples that are missing in all.</summary>
    public int Missing => NotAsked.Values.Sum() + Failed.Values.Sum();

    /// <summary>Whether every sample was asked and none failed.</summary>
    public bool IsComplete => Missing == 0;

    /// <summary>Compares what was to be asked with what was answered; it does not rely on the manifest, which a kill leaves behind.</summary>
    /// <exception cref="EhrR1Exception">The run was stopped before its samples were written down, or files are damaged.</exception>
    public static RunCompleteness Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        RequireSamples(run);
        var answers = run.ReadAnswers();
        var (notAsked, failed, failures) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal));
        var samples = 0;
        foreach (var sample in run.ReadSamples())
        {
            samples++;
            if (!answers.TryGetValue(sample.Id, out var answer))
                Count(notAsked, sample.Task);
            else if (answer.Error is { } error)
            {
                Count(failed, sample.Task);
                Count(failures, error);
            }
        }

        return new RunCompleteness { Samples = samples, NotAsked = notAsked, Failed = failed, Failures = failures };
    }

    internal static void RequireSamples(RunFolder run)
    {
        if (!File.Exists(run.SamplesFile))
            throw new EhrR1Exception("The run was stopped before its samples were written down: there is nothing to score", run.Path, "Give the 'ehr-r1 eval' command again that started it; it goes on from there");
    }

    private static void Count(SortedDictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
