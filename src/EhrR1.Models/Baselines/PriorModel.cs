using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>The baseline <c>prior</c>: answers what is most frequent in training, whatever the input says.</summary>
/// <remarks>
/// Decision tasks: the k most frequent labels, k maximising the mean F1 on the training samples. Risk tasks: the prevalence
/// among training patients. Free text and tasks without training samples are not answered.
/// </remarks>
public sealed class PriorModel : BaselineModel
{
    private readonly Dictionary<string, TaskPrior> _byTask;

    internal PriorModel(IEnumerable<TaskPrior> tasks)
        : base(Baselines.Prior)
        => _byTask = tasks.ToDictionary(t => t.Task, StringComparer.Ordinal);

    /// <summary>What was fitted for each task.</summary>
    public IReadOnlyCollection<TaskPrior> Tasks => _byTask.Values;

    /// <summary>What was fitted for a task, or <see langword="null"/>.</summary>
    public TaskPrior? Of(string task) => _byTask.GetValueOrDefault(task);

    /// <inheritdoc/>
    public override void Save(string folder) => BaselineFiles.WritePriors(folder, _byTask.Values);

    internal IReadOnlyList<string>? ItemsOf(string task)
        => _byTask.GetValueOrDefault(task) is { Labels.Count: > 0 } prior ? [.. prior.Labels.Select(l => l.Label)] : null;

    // A prevalence of 0 or 1 among few patients is no certainty: half a sample of each outcome is added then.
    internal double? ProbabilityOf(string task) => _byTask.GetValueOrDefault(task) switch
    {
        { Prevalence: > 0 and < 1 } prior => prior.Prevalence,
        { Prevalence: { } extreme } prior => ((extreme * prior.Samples) + 0.5) / (prior.Samples + 1),
        _ => null,
    };

    private protected override IReadOnlyList<string>? Items(TaskDefinition task, TaskQuestion question) => ItemsOf(task.Name);

    private protected override double? Probability(TaskDefinition task, TaskQuestion question) => ProbabilityOf(task.Name);
}
