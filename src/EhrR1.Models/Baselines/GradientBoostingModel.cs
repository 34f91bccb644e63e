using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>The baseline <c>gbm</c>: gradient-boosted trees (LightGBM) on the counts of what stands in the input.</summary>
/// <remarks>
/// Risk tasks: one ensemble, its probability brought to the prevalence among training patients. Decision tasks: one-vs-rest over
/// the most frequent labels. Tasks with too few samples for trees are answered by the prior. Predicting needs no native library.
/// </remarks>
public sealed class GradientBoostingModel : BaselineModel
{
    private readonly PriorModel _prior;
    private readonly Dictionary<string, TaskTrees> _byTask;

    internal GradientBoostingModel(PriorModel prior, IEnumerable<TaskTrees> trees)
        : base(Baselines.Gbm)
    {
        _prior = prior;
        _byTask = trees.ToDictionary(t => t.Record.Task, StringComparer.Ordinal);
    }

    /// <summary>The tasks that have trees; all others are answered by the prior.</summary>
    public IReadOnlyCollection<string> TasksWithTrees => _byTask.Keys;

    /// <inheritdoc/>
    public override void Save(string folder)
    {
        _prior.Save(folder);
        foreach (var trees in _byTask.Values)
            BaselineFiles.WriteTrees(folder, trees);
    }

    private protected override IReadOnlyList<string>? Items(TaskDefinition task, TaskQuestion question)
        => _byTask.TryGetValue(task.Name, out var trees) ? trees.Items(trees.Probabilities(question.Text)) : _prior.ItemsOf(task.Name);

    private protected override double? Probability(TaskDefinition task, TaskQuestion question)
        => _byTask.TryGetValue(task.Name, out var trees) ? trees.AtPrevalence(trees.Probabilities(question.Text)[0]) : _prior.ProbabilityOf(task.Name);
}
