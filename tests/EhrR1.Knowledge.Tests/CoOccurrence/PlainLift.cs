using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Knowledge.Tests;

/// <summary>The Lift of every pair, counted as the definition reads: sample by sample, from the items that stand in the input. For charts that write a term in one way alone.</summary>
internal static class PlainLift
{
    public static List<LiftPair> Pairs(Workspace workspace, LiftOptions options)
    {
        using var index = TaskIndexStore.Open(workspace);
        var charts = ChartStore.Open(workspace);
        var pairs = new List<LiftPair>();
        foreach (var task in TaskCatalog.Tasks.Where(t => t.Kind == TaskKind.Decision && !t.IsExtra))
        {
            var samples = index.ReadTask(task.Name).Where(r => r.Split == options.Split).Select(r =>
            {
                var sample = new SampleBuilder(workspace.Profile, null, index.Manifest.HasDischargeNotes).Build(charts.Read(r.SubjectId)!, r);
                return (Targets: r.Labels.Select(Key).ToHashSet(), History: sample.Items.Where(i => i.Part != SamplePart.Demographics).SelectMany(i => EventTerms.Terms(i.Item)).Select(t => Key(t.Term.Text)).ToHashSet());
            }).ToList();
            long With(string x) => samples.LongCount(s => s.Targets.Contains(x) || s.History.Contains(x));
            foreach (var target in samples.SelectMany(s => s.Targets).Distinct().Order(StringComparer.Ordinal))
            {
                pairs.AddRange(samples.SelectMany(s => s.History).Distinct()
                    .Select(h => new LiftPair(task.Name, target, h, With(target), With(h), samples.LongCount(s => s.Targets.Contains(target) && s.History.Contains(h)), samples.Count))
                    .Where(p => p.Together > 0 && p.Target != p.History && p.HistorySamples >= options.LeastSamples && p.Lift > options.LiftAbove)
                    .OrderByDescending(p => p.Lift).ThenByDescending(p => p.Together).ThenBy(p => p.History, StringComparer.Ordinal));
            }
        }

        return pairs;
    }

    private static string Key(string text) => text.Trim();
}
