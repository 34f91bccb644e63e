using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Counts, for each task of a benchmark, what a model could read that it should not know, and what the other profile would have answered.</summary>
/// <remarks>Fed patient by patient; memory does not grow with the number of patients. Not safe for several threads at once.</remarks>
/// <param name="profile">The profile of the samples.</param>
/// <param name="hasDischargeNotes">As in <see cref="TaskIndexOptions.HasDischargeNotes"/>.</param>
public sealed class LeakageAudit(ChartProfile profile, bool hasDischargeNotes = true)
{
    private readonly Dictionary<string, TaskAudit> _found = new(StringComparer.Ordinal);

    private readonly TaskIndexer _other = new(new TaskIndexOptions
    {
        Profile = profile == ChartProfile.Strict ? ChartProfile.EhrBench : ChartProfile.Strict,
        HasDischargeNotes = hasDischargeNotes,
    });

    /// <summary>Audits the samples of one patient.</summary>
    /// <param name="chart">The chart that the samples were made of.</param>
    /// <param name="samples">The samples.</param>
    public void Add(PatientChart chart, IReadOnlyList<Sample> samples)
    {
        if (samples.Count == 0)
            return;
        var others = new Dictionary<string, TaskIndexRow>(StringComparer.Ordinal);

        // The release has no strict counterpart: it does not say when results were known.
        foreach (var row in samples[0].Row.Published is not null ? [] : _other.Index(ChartRegrouping.Regroup(chart, _other.Options.Profile)))
            others[row.Id] = row;
        foreach (var sample in samples)
            Add(sample, others.GetValueOrDefault(sample.Id));
    }

    /// <summary>What was found so far, by task in the catalogue's order.</summary>
    public IReadOnlyList<TaskAudit> Result() => [.. TaskCatalog.Tasks.Where(t => _found.ContainsKey(t.Name)).Select(t => _found[t.Name])];

    /// <summary>Whether an item of the sample's input was known only after its prediction time.</summary>
    public static bool HoldsLaterItem(Sample sample)
    {
        foreach (var (_, item) in sample.Items)
        {
            if (item.VisibleFrom > sample.Row.PredictionTime)
                return true;
        }

        return false;
    }

    /// <summary>Whether a label of a decision sample stands in its input as whole words; a risk sample's yes and no are not looked for.</summary>
    public static bool ShowsLabel(Sample sample)
        => sample.Task.Kind == TaskKind.Decision && sample.Labels.Any(label => HoldsWords(sample.Input, label));

    private void Add(Sample sample, TaskIndexRow? other)
    {
        var before = _found.GetValueOrDefault(sample.Row.Task) ?? new TaskAudit(sample.Row.Task, 0, 0, 0, 0, 0, 0);
        _found[sample.Row.Task] = before with
        {
            Samples = before.Samples + 1,
            WithLaterItem = before.WithLaterItem + (HoldsLaterItem(sample) ? 1 : 0),
            WithLabelShown = before.WithLabelShown + (ShowsLabel(sample) ? 1 : 0),
            LabelsChanged = before.LabelsChanged + (other is not null && !SameLabels(sample.Labels, other.Labels) ? 1 : 0),
            OnlyHere = before.OnlyHere + (other is null && sample.Row.Published is null ? 1 : 0),
            Echoes = before.Echoes + (sample.Row.Echo ? 1 : 0),
        };
    }

    internal static bool SameLabels(IReadOnlyList<string> one, IReadOnlyList<string> other)
        => one.Count == other.Count && (one.SequenceEqual(other, StringComparer.Ordinal) || one.ToHashSet(StringComparer.Ordinal).SetEquals(other));

    private static bool HoldsWords(string text, string words)
    {
        for (var i = text.IndexOf(words, StringComparison.Ordinal); i >= 0; i = text.IndexOf(words, i + 1, StringComparison.Ordinal))
        {
            var end = i + words.Length;
            var startsWord = i == 0 || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetterOrDigit(words[0]);
            var endsWord = end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(words[^1]);
            if (startsWord && endsWord)
                return true;
        }

        return false;
    }
}
