using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge;

/// <summary>Finds the samples that Lift cannot help: all their targets are so common that N / n(t) is not above the threshold.</summary>
internal sealed class SilencedTargets
{
    private readonly LiftOptions _options;
    // By task: how many samples have a term as the rarest of their answer.
    private readonly Dictionary<string, Dictionary<int, long>> _rarest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _targets = new(StringComparer.Ordinal);

    public SilencedTargets(Workspace workspace, LiftCount count, LiftOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        using var index = TaskIndexStore.Open(workspace);
        string[] names = [.. count.Tasks.Select(t => t.Name)];
        var counters = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => count.CountersOf(p.i), StringComparer.Ordinal);
        foreach (var name in names)
        {
            _rarest.Add(name, []);
            _targets.Add(name, []);
        }

        for (int shard = 0; shard < index.Manifest.Shards; shard++)
        {
            foreach (var row in index.ReadShard(shard, names, options.Split, cancellationToken))
            {
                int rarest = -1;
                long least = long.MaxValue;
                foreach (var label in row.Labels)
                {
                    int term = count.Terms.Find(label);
                    _targets[row.Task].Add(term);
                    long with = counters[row.Task].Sum(c => c.With(term));
                    if (with < least)
                        (rarest, least) = (term, with);
                }

                _rarest[row.Task][rarest] = _rarest[row.Task].GetValueOrDefault(rarest) + 1;
            }
        }
    }

    /// <summary>Of a task: how many targets are too common, how many there are, and how many samples have none that is not.</summary>
    public (int TooCommon, int Targets, long Samples) Of(string task, LiftSelection selection)
    {
        // Without a threshold no Lift is too low.
        bool IsTooCommon(int term) => _options.LiftAbove is { } above && selection.With(term) * above >= selection.Samples;
        return (_targets[task].Count(IsTooCommon), _targets[task].Count, _rarest[task].Where(r => IsTooCommon(r.Key)).Sum(r => r.Value));
    }
}
