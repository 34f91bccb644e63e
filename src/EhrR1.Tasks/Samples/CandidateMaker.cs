using System.Collections.Concurrent;

namespace EhrR1.Tasks;

/// <summary>Makes the candidate answers of samples, for models that were not trained on the vocabulary.</summary>
/// <remarks>
/// Yes and no for risk. For decisions the whole vocabulary if it is small, else the labels and as many others at most: half the nearest to the labels
/// by character trigrams, half the most frequent of the task. Shuffled by the seed and the sample's id. Safe for use by any number of threads.
/// </remarks>
/// <param name="counts">The label counts of the whole index.</param>
/// <param name="seed">The seed of the shuffle. The default value is 0.</param>
public sealed class CandidateMaker(LabelCounts counts, long seed = 0)
{
    /// <summary>The largest vocabulary that is shown whole, and the largest number of candidates beside the labels.</summary>
    public const int Limit = 100;

    private static readonly string[] _yesNo = ["yes", "no"];
    private readonly ConcurrentDictionary<string, Vocabulary> _vocabularies = new(StringComparer.Ordinal);

    /// <summary>The candidates of a sample.</summary>
    public IReadOnlyList<string> For(TaskIndexRow row)
    {
        var task = row.Definition;
        if (task.Kind == TaskKind.Risk || task.IsFreeText)
            return WithoutVocabulary(task);
        var vocabulary = _vocabularies.GetOrAdd(row.Task, name => new Vocabulary([.. counts.VocabularyOf(name).Select(l => l.Key)]));
        var chosen = vocabulary.Labels.Count <= Limit ? vocabulary.Labels.Union(row.Labels, StringComparer.Ordinal).ToArray() : Choose(vocabulary, row.Labels);
        Shuffle(chosen, row.Id);
        return chosen;
    }

    /// <summary>The candidates that need no vocabulary: yes and no for risk, none for decisions.</summary>
    public static IReadOnlyList<string> WithoutVocabulary(TaskDefinition task) => task.Kind == TaskKind.Risk ? _yesNo : [];

    private static string[] Choose(Vocabulary vocabulary, IReadOnlyList<string> labels)
    {
        var taken = new HashSet<string>(labels, StringComparer.Ordinal);
        var chosen = new List<string>(labels);
        var nearest = labels
            .SelectMany(vocabulary.NearestTo)
            .OrderByDescending(n => n.Similarity)
            .ThenBy(n => n.Entry)
            .Select(n => vocabulary.Labels[n.Entry]);
        Take(nearest, Limit / 2);
        Take(vocabulary.Labels, Limit - (chosen.Count - labels.Count));
        return [.. chosen];

        void Take(IEnumerable<string> from, int count)
        {
            foreach (var label in from)
            {
                if (count == 0)
                    return;
                if (!taken.Add(label))
                    continue;
                chosen.Add(label);
                count--;
            }
        }
    }

    private void Shuffle(string[] items, string id)
    {
        var hash = new StableHash(seed);
        hash.Add("candidates");
        hash.Add(id);
        var state = hash.Value;
        for (var i = items.Length - 1; i > 0; i--)
        {
            state = StableHash.Mix(state);
            var j = (int)Math.BigMul(state, (ulong)(i + 1), out _);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private sealed class Vocabulary(IReadOnlyList<string> labels)
    {
        private readonly TrigramIndex _index = new(labels);
        private readonly ConcurrentDictionary<string, IReadOnlyList<(int Entry, double Similarity)>> _nearest = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Labels => labels;

        public IReadOnlyList<(int Entry, double Similarity)> NearestTo(string label) => _nearest.GetOrAdd(label, l => _index.Nearest(l, Limit));
    }
}
