using EhrR1.Models;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Evaluation;

/// <summary>The samples of one task with a run's answers, read and ready for the metrics.</summary>
internal sealed class ScoredSamples
{
    private readonly AnswerVocabulary _vocabulary = new();
    private readonly List<RunSample> _asked = [];

    private ScoredSamples(string task, TaskKind kind) => (Task, Kind) = (task, kind);

    public string Task { get; }

    public TaskKind Kind { get; }

    public List<AnsweredSample> Samples { get; private set; } = [];

    /// <summary>The ids of the samples that another event had named a label of within the hour before.</summary>
    public HashSet<string> Echoes { get; } = new(StringComparer.Ordinal);

    public int Answered { get; private set; }

    /// <summary>How many answers depart from the bare items, one a line.</summary>
    public int FormatFailures { get; private set; }

    /// <summary>How many answers depart in each way; one answer may in several.</summary>
    public SortedDictionary<AnswerFormat, int> Formats { get; } = [];

    /// <summary>Risk tasks: where the probabilities come from, with counts.</summary>
    public SortedDictionary<string, int> Sources { get; } = new(StringComparer.Ordinal);

    public bool Extra => TaskCatalog.TryGet(Task, out var task) && task!.IsExtra;

    public bool IsFreeText => TaskCatalog.TryGet(Task, out var task) && task!.IsFreeText;

    public IReadOnlyList<IMetric> Metrics => Kind == TaskKind.Risk ? MetricCatalog.Risk : IsFreeText ? MetricCatalog.Text : MetricCatalog.Decision;

    /// <summary>Brings a run's samples and answers together, by task in the catalogue's order; unknown tasks come last.</summary>
    /// <param name="run">The run.</param>
    /// <param name="answers">Its answers by sample id.</param>
    /// <param name="groups">Receives the groups of each sample by its id.</param>
    /// <param name="byPatient">Whether every sample names its patient.</param>
    public static IReadOnlyList<ScoredSamples> Of(
        RunFolder run, IReadOnlyDictionary<string, RunAnswer> answers, Dictionary<string, IReadOnlyDictionary<string, string>> groups, out bool byPatient)
    {
        RunCompleteness.RequireSamples(run);
        var tasks = new Dictionary<string, ScoredSamples>(StringComparer.Ordinal);
        byPatient = true;
        foreach (var sample in run.ReadSamples())
        {
            if (!tasks.TryGetValue(sample.Task, out var task))
                tasks.Add(sample.Task, task = new ScoredSamples(sample.Task, sample.Kind));
            byPatient &= sample.SubjectId is not null;
            task.Take(sample);
            groups[sample.Id] = sample.Groups;
        }

        // Answers are read once all labels of a task are known: they tell an item with a comma in it from two.
        Parallel.ForEach(tasks.Values, task => task.ReadAnswers(answers));
        var order = TaskCatalog.Tasks.Select((t, i) => (t.Name, i)).ToDictionary(t => t.Name, t => t.i, StringComparer.Ordinal);
        return [.. tasks.Values.OrderBy(t => order.GetValueOrDefault(t.Task, int.MaxValue)).ThenBy(t => t.Task, StringComparer.Ordinal)];
    }

    /// <summary>The same task with some of its samples only.</summary>
    public IReadOnlyList<AnsweredSample> Only(IReadOnlySet<string> ids) => [.. Samples.Where(s => ids.Contains(s.Id))];

    private void Take(RunSample sample)
    {
        _asked.Add(sample);
        if (sample.Echo)
            Echoes.Add(sample.Id);
    }

    private void ReadAnswers(IReadOnlyDictionary<string, RunAnswer> answers)
    {
        Samples = new List<AnsweredSample>(_asked.Count);
        var hasItems = Kind == TaskKind.Decision && !IsFreeText;
        IReadOnlySet<string>[] labels = [.. _asked.Select(s => AnswerReader.NormalizeLabels(hasItems ? s.Labels : []))];
        foreach (var set in labels)
            _vocabulary.Add(set);
        for (var i = 0; i < labels.Length; i++)
            Samples.Add(Read(_asked[i], labels[i], answers.GetValueOrDefault(_asked[i].Id) is { IsAnswered: true } answer ? answer : null));
        _asked.Clear();
    }

    private AnsweredSample Read(RunSample sample, IReadOnlySet<string> labels, RunAnswer? answer)
    {
        var read = new AnsweredSample
        {
            Id = sample.Id,
            Patient = sample.SubjectId ?? Stranger(sample.Id),
            Output = answer?.Output ?? "",
            Truth = sample.Labels,
        };
        if (Kind == TaskKind.Risk)
            return read with { Probability = ProbabilityOf(answer) };
        Answered += answer is null ? 0 : 1;
        if (answer is null || IsFreeText)
            return read;
        var reading = TolerantReader.Read(read.Output, _vocabulary, labels);
        Count(answer.Finish == FinishReason.Length ? reading.Format | AnswerFormat.CutOff : reading.Format);
        var score = SetScore.Of(reading.Items, labels);
        return read with { Read = score, ReadStrictly = reading.Format == AnswerFormat.Clean ? score : SetScore.Of(AnswerReader.ReadItems(read.Output), labels) };
    }

    // A risk sample that was answered in words alone has said 1 or 0; one that cannot be read is no answer.
    private double ProbabilityOf(RunAnswer? answer)
    {
        if (answer is null)
            return 0.5;
        var probability = answer.PYes ?? (AnswerReader.ReadYesNo(answer.Output ?? "") is { } yes ? (yes ? 1 : 0) : null);
        if (probability is null)
            Count(AnswerFormat.Unreadable);
        else
        {
            Answered++;
            var source = answer.PYes is null ? "text" : answer.PSource ?? "not named";
            Sources[source] = Sources.GetValueOrDefault(source) + 1;
        }

        return probability ?? 0.5;
    }

    private void Count(AnswerFormat format)
    {
        if (format == AnswerFormat.Clean)
            return;
        FormatFailures++;
        for (var rest = (int)format; rest != 0; rest &= rest - 1)
        {
            var one = (AnswerFormat)(rest & -rest);
            Formats[one] = Formats.GetValueOrDefault(one) + 1;
        }
    }

    // A sample that names no patient is drawn for itself, under a number that is the same in every run.
    private static long Stranger(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in id)
            hash = (hash ^ c) * 1099511628211UL;
        return -1 - (long)(hash >> 2);
    }
}
