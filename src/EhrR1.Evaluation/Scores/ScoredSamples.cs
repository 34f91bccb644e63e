using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The samples of one task with a run's answers, ready for the metrics.</summary>
internal sealed class ScoredSamples
{
    private ScoredSamples(string task, TaskKind kind) => (Task, Kind) = (task, kind);

    public string Task { get; }

    public TaskKind Kind { get; }

    public List<AnsweredSample> Samples { get; } = [];

    /// <summary>The ids of the samples that another event had named a label of within the hour before.</summary>
    public HashSet<string> Echoes { get; } = new(StringComparer.Ordinal);

    public int Answered { get; private set; }

    public bool Extra => TaskCatalog.TryGet(Task, out var task) && task!.IsExtra;

    public bool IsFreeText => TaskCatalog.TryGet(Task, out var task) && task!.IsFreeText;

    public IReadOnlyList<IMetric> Metrics => Kind == TaskKind.Risk ? MetricCatalog.Risk : IsFreeText ? MetricCatalog.Text : MetricCatalog.Decision;

    /// <summary>Brings a run's samples and answers together, by task in the catalogue's order; unknown tasks come last.</summary>
    /// <param name="run">The run.</param>
    /// <param name="groups">Receives the groups of each sample by its id.</param>
    /// <param name="byPatient">Whether every sample names its patient.</param>
    public static IReadOnlyList<ScoredSamples> Of(RunFolder run, Dictionary<string, IReadOnlyDictionary<string, string>> groups, out bool byPatient)
    {
        var answers = run.ReadAnswers();
        var tasks = new Dictionary<string, ScoredSamples>(StringComparer.Ordinal);
        byPatient = true;
        long unnamed = 0;
        foreach (var sample in run.ReadSamples())
        {
            if (!tasks.TryGetValue(sample.Task, out var task))
                tasks.Add(sample.Task, task = new ScoredSamples(sample.Task, sample.Kind));
            byPatient &= sample.SubjectId is not null;
            task.Add(sample, answers.GetValueOrDefault(sample.Id), sample.SubjectId ?? --unnamed);
            groups[sample.Id] = sample.Groups;
        }

        var order = TaskCatalog.Tasks.Select((t, i) => (t.Name, i)).ToDictionary(t => t.Name, t => t.i, StringComparer.Ordinal);
        return [.. tasks.Values.OrderBy(t => order.GetValueOrDefault(t.Task, int.MaxValue)).ThenBy(t => t.Task, StringComparer.Ordinal)];
    }

    private void Add(RunSample sample, RunAnswer? answer, long patient)
    {
        var answered = answer is { IsAnswered: true } ? answer : null;
        Answered += answered is null ? 0 : 1;
        if (sample.Echo)
            Echoes.Add(sample.Id);
        Samples.Add(new AnsweredSample
        {
            Id = sample.Id,
            Patient = patient,
            Output = answered?.Output ?? "",
            Truth = sample.Labels,
            Probability = Kind == TaskKind.Risk ? answered?.PYes ?? 0.5 : null,
        });
    }
}
