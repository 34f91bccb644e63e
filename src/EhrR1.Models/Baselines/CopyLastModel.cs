using EhrR1.Tasks;

namespace EhrR1.Models;

/// <summary>The baseline <c>copy-last</c>: answers the items of the last event of the asked type in the input, else the prior.</summary>
/// <remarks>Risk tasks have nothing to copy and are answered by the prior.</remarks>
public sealed class CopyLastModel : BaselineModel
{
    private readonly PriorModel _prior;

    internal CopyLastModel(PriorModel prior)
        : base(Baselines.CopyLast)
        => _prior = prior;

    /// <inheritdoc/>
    public override void Save(string folder) => _prior.Save(folder);

    private protected override IReadOnlyList<string>? Items(TaskDefinition task, TaskQuestion question)
    {
        if (task.IsFreeText)
            return null;
        var copied = Copy(task, question.Text);
        return copied.Count > 0 ? copied : _prior.ItemsOf(task.Name);
    }

    private protected override double? Probability(TaskDefinition task, TaskQuestion question) => _prior.ProbabilityOf(task.Name);

    private static List<string> Copy(TaskDefinition task, string text)
    {
        var labels = new List<string>();
        var events = InputReader.Read(text);
        for (var i = events.Count - 1; i >= 0 && labels.Count == 0; i--)
        {
            var last = events[i];
            if (!task.IsAnchoredAt(last.Type))
                continue;
            if (task.TargetFields.Count == 0)
                labels.Add(last.Type.Name);
            for (var item = 0; item < last.Count; item++)
            {
                var field = task.TargetFields.Select(f => last.Type[f]).FirstOrDefault(f => !last[item, f].IsEmpty);
                if (field is not null)
                    LabelCells.AddTo(labels, field, last[item, field]);
            }
        }

        return [.. labels.Distinct(StringComparer.Ordinal)];
    }
}
