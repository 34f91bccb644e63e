using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts chains by task. Not thread-safe.</summary>
internal sealed class SynthesisTally
{
    private readonly Dictionary<string, SynthesisTask> _tasks = new(StringComparer.Ordinal);

    /// <summary>Counts a sample; its chains are <see langword="null"/> where there is no answer.</summary>
    public void Add(TaughtSample taught, IReadOnlyList<ChainDraft>? chains, bool wasAsked)
    {
        var task = taught.Sample.Task.Name;
        bool isPathless = chains is { Count: 0 } && taught.Graph is not null && !taught.HasPaths;
        var sum = _tasks.GetValueOrDefault(task) ?? new SynthesisTask(task, 0, 0, 0, 0, 0, 0);
        _tasks[task] = sum with
        {
            Samples = sum.Samples + 1,
            Asked = sum.Asked + (wasAsked && !isPathless ? 1 : 0),
            Answered = sum.Answered + (chains is { Count: > 0 } ? 1 : 0),
            Chains = sum.Chains + (chains?.Count ?? 0),
            CutOff = sum.CutOff + (chains?.Count(c => c.Finish == FinishReason.Length) ?? 0),
            Filtered = sum.Filtered + (chains?.Count(c => c.Finish == FinishReason.Filtered) ?? 0),
            WithoutPaths = sum.WithoutPaths + (isPathless ? 1 : 0),
        };
    }

    public IReadOnlyList<SynthesisTask> Tasks() => [.. TaskCatalog.Tasks.Where(t => _tasks.ContainsKey(t.Name)).Select(t => _tasks[t.Name])];
}
