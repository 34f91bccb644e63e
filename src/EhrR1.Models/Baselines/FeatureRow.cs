using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace EhrR1.Models;

/// <summary>The feature counts of one training sample, by numbers that <see cref="FeatureNames"/> gave.</summary>
internal sealed record FeatureRow(long SubjectId, string Id, int[] Features, float[] Counts, IReadOnlyList<string> Labels)
{
    public static FeatureRow Of(TrainingSample sample, FeatureNames names)
    {
        var sink = new Sink(names);
        InputFeatures.Count(sample.Question.Text, ref sink);
        return new FeatureRow(sample.SubjectId, sample.Question.Id, [.. sink.Counts.Keys], [.. sink.Counts.Values], sample.Labels);
    }

    private readonly struct Sink(FeatureNames names) : IFeatureSink
    {
        public Dictionary<int, float> Counts { get; } = [];

        public void Add(ReadOnlySpan<char> name, float value)
            => CollectionsMarshal.GetValueRefOrAddDefault(Counts, names.NumberOf(name), out _) += value;
    }
}

/// <summary>Numbers for feature names; which number a name gets depends on who asks first and must reach no result.</summary>
internal sealed class FeatureNames
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _next;

    public FeatureNames() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int NumberOf(ReadOnlySpan<char> name)
    {
        if (_lookup.TryGetValue(name, out var number))
            return number;
        lock (_numbers)
        {
            if (!_lookup.TryGetValue(name, out number))
                _numbers[name.ToString()] = number = _next++;
            return number;
        }
    }

    /// <summary>The names by their numbers.</summary>
    public string[] ToArray()
    {
        lock (_numbers)
        {
            var names = new string[_next];
            foreach (var (name, number) in _numbers)
                names[number] = name;
            return names;
        }
    }
}
