using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>Fits the prior of a task.</summary>
internal static class PriorFit
{
    /// <summary>Fits one task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="answers">The label items of each training sample; the order does not matter.</param>
    /// <param name="prevalence">The share of yes in the whole training split, where it is known.</param>
    /// <param name="maximum">Labels answered at most.</param>
    public static TaskPrior? Fit(TaskDefinition task, IReadOnlyList<IReadOnlyList<string>> answers, double? prevalence, int maximum)
    {
        if (answers.Count == 0 || task.IsFreeText)
            return null;
        if (task.Kind == TaskKind.Risk)
        {
            var share = (double)answers.Count(a => a[0] == "yes") / answers.Count;
            return new TaskPrior { Task = task.Name, Samples = answers.Count, Prevalence = prevalence ?? share, DrawnShare = share };
        }

        var labels = MostFrequent(answers);
        var (count, f1) = BestCount(answers, labels, maximum);
        return new TaskPrior { Task = task.Name, Samples = answers.Count, Labels = [.. labels.Take(count)], TrainingF1 = f1 };
    }

    /// <summary>All labels, most frequent first, ties by name; spellings that differ in case or blanks alone are one label.</summary>
    public static IReadOnlyList<LabelShare> MostFrequent(IReadOnlyList<IReadOnlyList<string>> answers)
    {
        var spellings = new Dictionary<string, int>(StringComparer.Ordinal);
        var samples = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            foreach (var label in answer.Distinct(StringComparer.Ordinal))
                spellings[label] = spellings.GetValueOrDefault(label) + 1;
            foreach (var key in answer.Select(Key).Distinct(StringComparer.Ordinal))
                samples[key] = samples.GetValueOrDefault(key) + 1;
        }

        var best = spellings
            .GroupBy(s => Key(s.Key), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).First().Key, StringComparer.Ordinal);
        return
        [
            .. samples
                .OrderByDescending(s => s.Value)
                .ThenBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => new LabelShare(best[s.Key].Trim(), (double)s.Value / answers.Count)),
        ];
    }

    /// <summary>The form in which labels are compared.</summary>
    public static string Key(string label) => label.Trim().ToLowerInvariant();

    // Adding the labels one by one gives every count in one pass over the samples: F1 = 2 · hits / (answered + true).
    private static (int Count, double F1) BestCount(IReadOnlyList<IReadOnlyList<string>> answers, IReadOnlyList<LabelShare> labels, int maximum)
    {
        var ranks = labels.Take(maximum).Select((l, rank) => (l.Label, rank)).ToDictionary(l => Key(l.Label), l => l.rank, StringComparer.Ordinal);
        var sums = new double[Math.Min(maximum, labels.Count)];
        var hit = new bool[sums.Length];
        foreach (var answer in answers)
        {
            Array.Clear(hit);
            var truth = answer.Select(Key).Distinct(StringComparer.Ordinal).ToArray();
            foreach (var key in truth)
            {
                if (ranks.TryGetValue(key, out var rank))
                    hit[rank] = true;
            }

            var hits = 0;
            for (var k = 0; k < sums.Length; k++)
            {
                hits += hit[k] ? 1 : 0;
                sums[k] += 2.0 * hits / (k + 1 + truth.Length);
            }
        }

        var best = 0;
        for (var k = 1; k < sums.Length; k++)
            best = sums[k] > sums[best] ? k : best;
        return (best + 1, sums[best] / answers.Count);
    }
}
