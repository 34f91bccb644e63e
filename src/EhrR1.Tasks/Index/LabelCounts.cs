using System.Runtime.InteropServices;

namespace EhrR1.Tasks;

/// <summary>How many samples of each task hold each label: the source of weights and of candidate vocabularies.</summary>
/// <remarks>Memory grows with the number of distinct labels, not of patients; free text is not counted. Not safe for several threads at once: count apart, then <see cref="Add(LabelCounts)"/>.</remarks>
public sealed class LabelCounts
{
    private readonly Dictionary<string, Dictionary<string, long>> _byTask = new(StringComparer.Ordinal);

    /// <summary>Counts a sample once for each of its labels.</summary>
    public void Add(TaskIndexRow row)
    {
        if (row.Definition.IsFreeText)
            return;
        foreach (var label in row.Labels)
            Add(row.Task, label, 1);
    }

    /// <summary>Adds a number of samples for one label.</summary>
    public void Add(string task, string label, long samples)
    {
        ref var labels = ref CollectionsMarshal.GetValueRefOrAddDefault(_byTask, task, out _);
        labels ??= new Dictionary<string, long>(StringComparer.Ordinal);
        CollectionsMarshal.GetValueRefOrAddDefault(labels, label, out _) += samples;
    }

    /// <summary>Adds what was counted elsewhere.</summary>
    public void Add(LabelCounts other)
    {
        foreach (var (task, labels) in other._byTask)
        {
            foreach (var (label, samples) in labels)
                Add(task, label, samples);
        }
    }

    /// <summary>In how many samples of a task a label stands.</summary>
    public long Of(string task, string label) => _byTask.TryGetValue(task, out var labels) ? labels.GetValueOrDefault(label) : 0;

    /// <summary>The weight of a sample: 1 / the mean frequency of its labels in its task; 1 for free text.</summary>
    public double WeightOf(TaskIndexRow row)
    {
        if (!_byTask.TryGetValue(row.Task, out var labels))
            return 1;
        var sum = 0L;
        foreach (var label in row.Labels)
            sum += labels.GetValueOrDefault(label);
        return sum == 0 ? 1 : row.Labels.Count / (double)sum;
    }

    /// <summary>A task's labels with their sample counts, the most frequent first, equal ones by ordinal order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> VocabularyOf(string task) => _byTask.TryGetValue(task, out var labels)
        ? [.. labels.OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal)]
        : [];

    /// <summary>The tasks that were counted, by ordinal order.</summary>
    public IEnumerable<string> Tasks => _byTask.Keys.Order(StringComparer.Ordinal);
}
