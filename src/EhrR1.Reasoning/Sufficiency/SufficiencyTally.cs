using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts what the test of sufficiency finds. Not thread-safe.</summary>
internal sealed class SufficiencyTally(double least)
{
    private readonly Dictionary<string, (long Chains, long Tested, long Sufficient, long Samples, double Sum)> _tasks = new(StringComparer.Ordinal);

    /// <summary>Counts a chain; its F1 is not a number where it was not tested.</summary>
    public void Add(string task, double f1)
    {
        bool isTested = !double.IsNaN(f1);
        var sum = _tasks.GetValueOrDefault(task);
        _tasks[task] = (sum.Chains + 1, sum.Tested + (isTested ? 1 : 0), sum.Sufficient + (f1 >= least ? 1 : 0), sum.Samples, sum.Sum + (isTested ? f1 : 0));
    }

    /// <summary>Counts a sample with a chain that passes all.</summary>
    public void AddSample(string task) => _tasks[task] = _tasks[task] with { Samples = _tasks[task].Samples + 1 };

    public IReadOnlyList<SufficiencyTask> Tasks()
    {
        var tasks = TaskCatalog.Tasks.Where(t => _tasks.ContainsKey(t.Name)).Select(t => Of(t.Name, _tasks[t.Name])).ToList();
        var all = _tasks.Values.Aggregate((Chains: 0L, Tested: 0L, Sufficient: 0L, Samples: 0L, Sum: 0.0), (a, b) => (a.Chains + b.Chains, a.Tested + b.Tested, a.Sufficient + b.Sufficient, a.Samples + b.Samples, a.Sum + b.Sum));
        return [.. tasks, Of("all", all)];
    }

    private static SufficiencyTask Of(string name, (long Chains, long Tested, long Sufficient, long Samples, double Sum) sum) =>
        new(name, sum.Chains, sum.Tested, sum.Sufficient, sum.Samples, sum.Tested == 0 ? null : Math.Round(sum.Sum / sum.Tested, 6));
}
