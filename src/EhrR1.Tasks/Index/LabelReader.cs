using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Reads the labels of a decision task from an anchor event.</summary>
/// <remarks>Immutable; safe for use by any number of threads.</remarks>
internal static class LabelReader
{
    private const int FewLabels = 16;
    private static readonly string[][] _typeNames = [.. EventCatalog.Types.Select(t => new[] { t.Name })];
    private static readonly Dictionary<TaskDefinition, EventField[]> _fields = TaskCatalog.Tasks
        .Where(t => t.TargetFields.Count > 0)
        .ToDictionary(t => t, t => t.TargetFields.Select(f => EventCatalog.Get(t.AnchorEvent!)[f]).ToArray(), (IEqualityComparer<TaskDefinition>)ReferenceEqualityComparer.Instance);

    /// <summary>The distinct, trimmed, non-empty values of the target field, in first-seen order.</summary>
    public static IReadOnlyList<string> LabelsOf(ClinicalEvent anchor, TaskDefinition task)
    {
        if (task.TargetFields.Count == 0)
            return _typeNames[anchor.Type.Rank];
        var fields = _fields[task];
        var labels = new List<string>(anchor.Count == 1 ? 1 : 4);
        HashSet<string>? seen = null;
        for (var i = 0; i < anchor.Count; i++)
        {
            var item = anchor[i];
            foreach (var field in fields)
            {
                if (item.Text(field) is not { } text)
                    continue;
                if (field.Kind == FieldKind.Labels)
                {
                    foreach (var label in JsonSerializer.Deserialize<string[]>(text)!)
                        Add(label);
                    break;
                }

                if (Add(text))
                    break;
            }
        }

        return labels;

        // Most events have few labels, where a scan is cheaper than a set.
        bool Add(string value)
        {
            var label = value.Trim();
            if (label.Length == 0)
                return false;
            if (labels.Count == FewLabels)
                seen ??= new HashSet<string>(labels, StringComparer.Ordinal);
            if (seen?.Add(label) ?? !labels.Contains(label))
                labels.Add(label);
            return true;
        }
    }
}
