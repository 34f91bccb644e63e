using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Tasks;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>The tasks that have enough held-out samples to tell anything by: of a mean over tasks, one with two samples is as much as one with forty.</summary>
/// <param name="Decisions">Decisions with <see cref="NanoPreset.LeastSamples"/> samples or more.</param>
/// <param name="Risks">Risks with <see cref="NanoPreset.LeastOfEither"/> samples or more of either outcome.</param>
internal sealed record ScoredTasks(IReadOnlyList<string> Decisions, IReadOnlyList<string> Risks)
{
    /// <summary>Counts the samples that an evaluation with the preset's limits takes.</summary>
    /// <exception cref="EhrR1Exception">No decision, or no risk, has enough of them.</exception>
    public static ScoredTasks Of(string workspace, NanoPreset preset)
    {
        var counts = new Dictionary<string, (int Samples, int Yes)>(StringComparer.Ordinal);
        foreach (var sample in BenchmarkSource.Open(workspace).ReadByPatient())
        {
            var isRisk = sample.Kind == TaskKind.Risk;
            var (samples, yes) = counts.GetValueOrDefault(sample.Task);
            if (samples < (isRisk ? preset.ScoredRisks : preset.ScoredSamples))
                counts[sample.Task] = (samples + 1, yes + (isRisk && sample.Labels is ["yes"] ? 1 : 0));
        }

        var scored = new ScoredTasks(
            [.. StagesRun.Decisions().Where(t => counts.GetValueOrDefault(t).Samples >= Math.Max(1, preset.LeastSamples))],
            [.. StagesRun.Risks().Where(t => counts.GetValueOrDefault(t) is var (samples, yes) && samples > 0 && Math.Min(yes, samples - yes) >= preset.LeastOfEither)]);
        return scored.Decisions.Count > 0 && scored.Risks.Count > 0
            ? scored
            : throw new EhrR1Exception($"The benchmark has too few held-out samples to score by: no decision has {preset.LeastSamples}, or no risk {preset.LeastOfEither} of either outcome", workspace, "Take a hospital with more patients, such as 'ehr-r1 synth --patients 3000' makes, or --preset nano-ci");
    }
}
