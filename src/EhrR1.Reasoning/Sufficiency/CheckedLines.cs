using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Models;
using EhrR1.Scoring;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Reads the chains of <c>checked.jsonl</c> with the right answers of their samples.</summary>
/// <remarks>The answers are the workspace's, whatever the lines say. One reading at a time.</remarks>
internal sealed class CheckedLines
{
    private readonly string _path;
    private readonly ChainTitles _titles;
    private readonly Dictionary<string, IReadOnlyList<string>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AnswerVocabulary> _vocabularies = new(StringComparer.Ordinal);

    public CheckedLines(string path, Workspace workspace, ChainTitles titles, CancellationToken cancellationToken)
    {
        _path = path;
        _titles = titles;
        foreach (var chain in Chains())
            _answers.TryAdd(chain.Chain.SampleId, []);
        using var index = TaskIndexStore.Open(workspace);
        var vocabularies = new TaskVocabularies(index.Labels);
        var tasks = _answers.Keys.Select(id => id.Split('-')[0]).Distinct(StringComparer.Ordinal).ToList();
        foreach (var row in Enumerable.Range(0, index.Manifest.Shards).SelectMany(shard => index.ReadShard(shard, tasks, null, cancellationToken)))
        {
            if (!_answers.ContainsKey(row.Id))
                continue;
            _answers[row.Id] = row.Labels;
            _vocabularies.TryAdd(row.Task, vocabularies.Of(row.Task));
        }
    }

    /// <summary>The chains in their order.</summary>
    public IEnumerable<Chain> Read()
    {
        foreach (var (line, chain) in Chains())
        {
            var task = TaskCatalog.Get(chain.SampleId.Split('-')[0]);
            var answer = _answers[chain.SampleId];
            var vocabulary = _vocabularies.GetValueOrDefault(task.Name);
            var template = _titles.Of(ChainTemplates.Get(chain.Template));
            yield return new Chain(line, chain.Id, chain.SampleId, task, ChainParser.Parse(chain.Chain, template, false, vocabulary, AnswerReader.NormalizeLabels(answer)), answer, vocabulary);
        }
    }

    private IEnumerable<(JsonObject Line, ReasoningChain Chain)> Chains()
    {
        long number = 0;
        foreach (var text in File.ReadLines(_path))
        {
            var line = ReasoningChainJson.Object(text, _path, ++number);
            yield return (line, ReasoningChainJson.Read(line, _path, number));
        }
    }

    /// <summary>A chain with what it is tested by.</summary>
    public sealed record Chain(JsonObject Line, string Id, string SampleId, TaskDefinition Task, ParsedChain Parsed, IReadOnlyList<string> Answer, AnswerVocabulary? Vocabulary)
    {
        public Task<(double F1, TokenUsage Usage)> TestAsync(SufficiencyTest test, CancellationToken cancellationToken) => test.TestAsync(Id, Parsed, Task, Answer, Vocabulary, cancellationToken);
    }
}
