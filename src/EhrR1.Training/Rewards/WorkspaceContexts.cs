using System.Collections.Concurrent;
using System.Globalization;
using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>Finds samples with their thinking graphs in a workspace, by the ids that prompts carry.</summary>
/// <remarks>
/// The samples met last are kept, since a prompt has many completions; memory holds those, the names of the workspace and a place for each graph.
/// Safe for any number of threads; one reads from disk at a time.
/// </remarks>
public sealed class WorkspaceContexts : IDisposable
{
    private readonly ChartStore _charts;
    private readonly TaskIndexStore _index;
    private readonly SampleBuilder _builder;
    private readonly Dictionary<long, int> _shards;
    private readonly GraphPlaces _graphs;
    private readonly LabelCounts _labels;
    private readonly ConcurrentDictionary<string, Lazy<AnswerVocabulary>> _vocabularies = new(StringComparer.Ordinal);
    private readonly Lock _reading = new();
    private readonly int _half;
    private ConcurrentDictionary<string, RewardContext> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, RewardContext> _old = new(StringComparer.Ordinal);

    private WorkspaceContexts(Workspace workspace, string graphFolder, int kept, CancellationToken cancellationToken)
    {
        _charts = ChartStore.Open(workspace);
        _index = TaskIndexStore.Open(workspace);
        _labels = _index.Labels;
        _builder = new SampleBuilder(workspace.Profile, candidates: null, _index.Manifest.HasDischargeNotes);
        _shards = _charts.Subjects.ToDictionary(s => s.SubjectId, s => s.Shard);
        _half = Math.Max(1, kept / 2);
        Names.Add(_labels);
        _graphs = GraphPlaces.Read(workspace.PathOf(graphFolder), Names, cancellationToken);
    }

    /// <summary>What items and concepts of the workspace are called, for a grounding check.</summary>
    public GroundingVocabulary Names { get; } = new();

    /// <summary>How many samples have a graph.</summary>
    public int Graphs => _graphs.Count;

    /// <summary>Opens a workspace.</summary>
    /// <param name="workspace">The workspace, with charts and a task index.</param>
    /// <param name="graphFolder">The folder of its thinking graphs, which may be missing.</param>
    /// <param name="kept">About how many samples are kept, 40 to 300 kB each.</param>
    /// <param name="cancellationToken">Stops the reading of the graphs' names.</param>
    /// <exception cref="EhrR1Exception">Charts or index are missing or damaged.</exception>
    public static WorkspaceContexts Open(Workspace workspace, string graphFolder, int kept = 1_000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return new WorkspaceContexts(workspace, graphFolder, kept, cancellationToken);
    }

    /// <summary>The labels of a task, which the tolerant reading splits lines by.</summary>
    public AnswerVocabulary VocabularyOf(string task) => _vocabularies.GetOrAdd(task, t => new Lazy<AnswerVocabulary>(() => Read(t))).Value;

    /// <summary>Finds a sample.</summary>
    /// <exception cref="EhrR1Exception">The workspace has no such sample, or cannot be read.</exception>
    public RewardContext Find(string sampleId)
    {
        ArgumentNullException.ThrowIfNull(sampleId);
        if (_young.TryGetValue(sampleId, out var known))
            return known;
        lock (_reading)
        {
            if (!_young.TryGetValue(sampleId, out known))
                Keep(sampleId, known = _old.TryGetValue(sampleId, out var old) ? old : Build(sampleId));
            return known;
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => _index.Dispose();

    private void Keep(string sampleId, RewardContext context)
    {
        if (_young.Count >= _half)
        {
            _old = _young;
            _young = new(StringComparer.Ordinal);
        }

        _young[sampleId] = context;
    }

    private RewardContext Build(string id)
    {
        if (id.Split('-') is [_, var patient, _] && long.TryParse(patient, NumberStyles.None, CultureInfo.InvariantCulture, out long subject)
            && _shards.TryGetValue(subject, out int shard) && _index.ReadSubject(shard, subject).FirstOrDefault(r => r.Id == id) is { } row)
        {
            return new RewardContext(_builder.Build(_charts.Read(subject)!, row), _graphs.Find(id));
        }

        throw new EhrR1Exception("The workspace has no such sample", id.Length > 200 ? id[..200] : id, "Start the server with the workspace that the prompts were made of");
    }

    /// <summary>A label that several samples have is added twice: a sample's own is taken out once.</summary>
    private AnswerVocabulary Read(string task)
    {
        var vocabulary = new AnswerVocabulary();
        foreach (var (label, samples) in _labels.VocabularyOf(task))
        {
            for (int i = 0; i < Math.Min(samples, 2); i++)
                vocabulary.Add(AnswerReader.NormalizeLabels([label]));
        }

        return vocabulary;
    }
}
