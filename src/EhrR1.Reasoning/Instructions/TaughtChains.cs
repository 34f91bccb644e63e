using System.Text.Json.Nodes;
using EhrR1.Models;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Chains that were written and checked, out of which reasoning cases are made.</summary>
public sealed record TaughtChains
{
    /// <summary>The folder with <see cref="ChainCheckRun.CheckedFile"/>, in the order of the samples.</summary>
    public required string Folder { get; init; }

    /// <summary>How many samples each task has, with or without a graph.</summary>
    public required IReadOnlyDictionary<string, long> Samples { get; init; }

    /// <summary>What the teacher wrote.</summary>
    public required SynthesisReport Written { get; init; }

    /// <summary>What the check found.</summary>
    public required ChainReport Checked { get; init; }

    /// <summary>What the test of sufficiency found; <see langword="null"/>, the default value, where there was none.</summary>
    public SufficiencyReport? Sufficiency { get; init; }

    /// <summary>What a chain had to reach. The default value is the check's own.</summary>
    public GroundingOptions Grounding { get; init; } = new();

    /// <summary>How the chains were asked for, for the manifest. The default value is nothing.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>What tokens cost; <see langword="null"/>, the default value, where that is not known.</summary>
    public TokenPrices? Prices { get; init; }

    /// <summary>The attrition of each task in the catalogue's order, the sum over all at the end.</summary>
    /// <param name="kept">Cases of each task.</param>
    internal IReadOnlyList<TaskAttrition> Attrition(IReadOnlyDictionary<string, long> kept)
    {
        var written = Written.Tasks.ToDictionary(t => t.Task, StringComparer.Ordinal);
        var read = Checked.Tasks.SkipLast(1).ToDictionary(t => t.Task, StringComparer.Ordinal);
        var tasks = TaskCatalog.Tasks.Select(t => t.Name).Where(t => Samples.ContainsKey(t) || written.ContainsKey(t)).ToList();
        return [.. tasks.Select(t => Row(t, [Samples.GetValueOrDefault(t)], Of(written, t), Of(read, t), SufficientOf(t), [kept.GetValueOrDefault(t)])), Row("all", Samples.Values, Written.Tasks, read.Values, SufficientOf("all"), kept.Values)];
    }

    /// <summary>What the chains cost.</summary>
    internal IReadOnlyList<TeacherCost> Cost()
    {
        var teacher = CostOf(Written.Teacher, Written.Requests, Written.Usage);
        return Sufficiency is { } test ? [teacher, CostOf(test.Model, test.Tasks[^1].Tested, test.Usage)] : [teacher];
    }

    private TeacherCost CostOf(string model, long requests, TokenUsage used) => new(model, requests, used.Prompt, used.Cached, used.Completion, Prices?.CostOf(used), Prices?.Currency);

    // A task without a chain to test is none of the report's.
    private long? SufficientOf(string task) => Sufficiency is null ? null : Sufficiency.Tasks.FirstOrDefault(t => t.Task == task)?.Samples ?? 0;

    private static TaskAttrition Row(string task, IEnumerable<long> samples, IEnumerable<SynthesisTask> written, IEnumerable<ChainTaskReport> read, long? sufficient, IEnumerable<long> kept) => new()
    {
        Task = task,
        Samples = samples.Sum(),
        WithGraph = written.Sum(t => t.Samples),
        Asked = written.Sum(t => t.Asked),
        Answered = written.Sum(t => t.Answered),
        Readable = read.Sum(t => t.SamplesAnswered),
        PassedFilter = read.Sum(t => t.SamplesPassedFilter),
        PassedMeasures = read.Sum(t => t.SamplesPassedMeasures),
        PassedGrounding = read.Sum(t => t.SamplesPassedGrounding),
        PassedSufficiency = sufficient,
        Kept = kept.Sum(),
        Chains = written.Sum(t => t.Chains),
        ChainsApart = read.Sum(t => t.Apart),
        ChainsCutOff = written.Sum(t => t.CutOff),
        ChainsFiltered = written.Sum(t => t.Filtered),
        ChainsPassedFilter = read.Sum(t => t.PassedFilter),
        ChainsPassedMeasures = read.Sum(t => t.PassedMeasures),
        ChainsPassedGrounding = read.Sum(t => t.PassedGrounding),
    };

    private static IEnumerable<T> Of<T>(Dictionary<string, T> tasks, string task) => tasks.TryGetValue(task, out var one) ? [one] : [];
}
