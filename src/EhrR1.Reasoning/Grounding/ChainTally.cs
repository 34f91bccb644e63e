using System.Runtime.InteropServices;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts what becomes of chains. Not thread-safe.</summary>
internal sealed class ChainTally(int worst)
{
    private const int MostSections = 20;
    private readonly Dictionary<string, TaskTally> _tasks = new(StringComparer.Ordinal);
    private readonly TaskTally _all = new();
    private readonly Dictionary<string, long> _teachers = new(StringComparer.Ordinal), _apart = new(StringComparer.Ordinal), _sections = new(StringComparer.OrdinalIgnoreCase), _filter = new(StringComparer.Ordinal), _faults = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, (double Score, string Id)> _worst = new(Comparer<(double Score, string Id)>.Create((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : string.CompareOrdinal(b.Id, a.Id)));

    /// <summary>Counts the chains of one sample.</summary>
    public void Add(string task, IReadOnlyList<ChainOutcome> chains, GroundingOptions options)
    {
        ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_tasks, task, out _);
        own ??= new TaskTally();
        foreach (var tally in new[] { own, _all })
            tally.Add(chains, options);
        foreach (var chain in chains)
            Add(chain);
    }

    public ChainReport Report()
    {
        var worstIds = new List<string>();
        while (_worst.TryDequeue(out var id, out _))
            worstIds.Insert(0, id);
        var order = TaskCatalog.Tasks.Select((t, i) => (t.Name, i)).ToDictionary(t => t.Name, t => t.i, StringComparer.Ordinal);
        return new ChainReport
        {
            Chains = _all.Chains,
            Teachers = Sorted(_teachers),
            Apart = Sorted(_apart),
            OtherSections = _sections.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(MostSections).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
            Filter = Sorted(_filter),
            Faults = Sorted(_faults),
            Tasks = [.. _tasks.OrderBy(t => order.GetValueOrDefault(t.Key, int.MaxValue)).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value.Report(t.Key)), _all.Report("all")],
            Worst = worstIds,
        };
    }

    private void Add(ChainOutcome outcome)
    {
        Count(_teachers, outcome.Chain.Teacher);
        foreach (var reason in outcome.ApartReasons)
            Count(_apart, reason);
        foreach (var section in outcome.Parsed.Sections.Where(s => s.Kind == ChainSectionKind.Other).Select(s => s.Name).Distinct(StringComparer.OrdinalIgnoreCase))
            Count(_sections, section);
        if (outcome.IsApart)
            return;
        foreach (var reason in outcome.FilterReasons)
            Count(_filter, reason);
        var grounding = outcome.Grounding!;
        foreach (var kind in grounding.Faults.Select(f => f.Kind).Distinct())
            Count(_faults, ChainOutcome.NameOf(kind.ToString()));
        _worst.Enqueue(outcome.Chain.Id, (grounding.Score, outcome.Chain.Id));
        if (_worst.Count > worst)
            _worst.Dequeue();
    }

    private static void Count(Dictionary<string, long> counts, string name) => CollectionsMarshal.GetValueRefOrAddDefault(counts, name, out _)++;

    private static Dictionary<string, long> Sorted(Dictionary<string, long> counts) => counts.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Value, StringComparer.Ordinal);

    private sealed class TaskTally
    {
        private readonly Dictionary<string, (double Sum, long Count)> _means = [];
        private long _apart, _filter, _measures, _grounding, _samples, _graphs, _answered, _samplesFilter, _samplesMeasures, _samplesGrounding;

        public long Chains { get; private set; }

        public void Add(IReadOnlyList<ChainOutcome> chains, GroundingOptions options)
        {
            Chains += chains.Count;
            _samples++;
            _graphs += chains[0].HasGraph ? 1 : 0;
            int answered = 0, filter = 0, measures = 0, grounding = 0;
            foreach (var chain in chains)
            {
                if (chain.IsApart)
                    continue;
                answered++;
                filter += chain.Filter.Passes ? 1 : 0;
                measures += chain.PassesMeasures(options) ? 1 : 0;
                grounding += chain.Passes(options) ? 1 : 0;
                foreach (var (name, value) in chain.Grounding!.Measures.Named().Append(("score", chain.Grounding.Score)))
                {
                    ref var mean = ref CollectionsMarshal.GetValueRefOrAddDefault(_means, name, out _);
                    if (!double.IsNaN(value))
                        mean = (mean.Sum + value, mean.Count + 1);
                }
            }

            _apart += chains.Count - answered;
            _filter += filter;
            _measures += measures;
            _grounding += grounding;
            _answered += answered > 0 ? 1 : 0;
            _samplesFilter += filter > 0 ? 1 : 0;
            _samplesMeasures += measures > 0 ? 1 : 0;
            _samplesGrounding += grounding > 0 ? 1 : 0;
        }

        public ChainTaskReport Report(string task) => new()
        {
            Task = task,
            Chains = Chains,
            Apart = _apart,
            PassedFilter = _filter,
            PassedMeasures = _measures,
            PassedGrounding = _grounding,
            Samples = _samples,
            WithGraph = _graphs,
            SamplesAnswered = _answered,
            SamplesPassedFilter = _samplesFilter,
            SamplesPassedMeasures = _samplesMeasures,
            SamplesPassedGrounding = _samplesGrounding,
            Means = _means.ToDictionary(m => m.Key, m => m.Value.Count == 0 ? (double?)null : Math.Round(m.Value.Sum / m.Value.Count, 6), StringComparer.Ordinal),
        };
    }
}
