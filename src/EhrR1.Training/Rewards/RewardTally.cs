namespace EhrR1.Training;

/// <summary>Counts what a server has scored, with the mean of each term. Safe for any number of threads.</summary>
internal sealed class RewardTally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (double Sum, long Count)> _terms = new(StringComparer.Ordinal);
    private long _requests, _failed;

    /// <summary>Counts the scores of a request.</summary>
    public void Add(IReadOnlyList<RewardScore> scores)
    {
        lock (_lock)
        {
            _requests++;
            foreach (var score in scores)
            {
                Add("reward", score.Total);
                foreach (var (name, value) in score.Terms.Named())
                    Add(name, value);
                if (score.Terms.Measures is not { } measures)
                    continue;
                foreach (var (name, value) in measures.Named())
                {
                    if (!double.IsNaN(value))
                        Add("measure_" + name, value);
                }
            }
        }
    }

    /// <summary>Counts a request that could not be scored.</summary>
    public void Fail()
    {
        lock (_lock)
            _failed++;
    }

    /// <summary>Requests that were answered and that failed, and each term's mean and count.</summary>
    public (long Requests, long Failed, IReadOnlyList<(string Name, double Mean, long Count)> Terms) Read()
    {
        lock (_lock)
            return (_requests, _failed, [.. _terms.Select(t => (t.Key, t.Value.Sum / t.Value.Count, t.Value.Count))]);
    }

    private void Add(string name, double value)
    {
        var (sum, count) = _terms.GetValueOrDefault(name);
        _terms[name] = (sum + value, count + 1);
    }
}
