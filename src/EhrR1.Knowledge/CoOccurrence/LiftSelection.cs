using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Chooses of one task's pairs those that are kept.</summary>
internal sealed class LiftSelection
{
    private readonly LiftOptions _options;
    private readonly IReadOnlyList<PairCounter> _counters;
    private readonly TermTable _terms;
    private readonly int[] _ranks;
    private readonly string _spillPath;
    private readonly FisherTest _test = new();

    /// <summary>Takes the counts of a task.</summary>
    /// <param name="counters">The task's counters.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="ranks">Of each term the place of its text among all.</param>
    /// <param name="options">The settings.</param>
    /// <param name="spillPath">Where to spill to.</param>
    public LiftSelection(IReadOnlyList<PairCounter> counters, TermTable terms, int[] ranks, LiftOptions options, string spillPath)
    {
        _counters = counters;
        _terms = terms;
        _ranks = ranks;
        _options = options;
        _spillPath = spillPath;
        Samples = counters.Sum(c => c.Samples);
    }

    /// <summary>N.</summary>
    public long Samples { get; }

    /// <summary>Different pairs that occur together.</summary>
    public long Pairs { get; private set; }

    /// <summary>n of a term.</summary>
    public long With(int term) => _counters.Sum(c => c.With(term));

    /// <summary>Adds the kept pairs to a sort.</summary>
    public void Into(SpillSort<KeptPair> kept, CancellationToken cancellationToken)
    {
        var with = new long[_terms.Count];
        for (int term = 0; term < with.Length; term++)
            with[term] = With(term);
        double? significant = _options.LiftAbove is null ? SignificanceLevel(with, cancellationToken) : null;
        foreach (var (target, history, together) in PairCounter.Merge(_counters))
        {
            if (Pairs++ % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!IsTested(target, history, with))
                continue;
            double lift = LiftPair.LiftOf(with[target], with[history], together, Samples);
            double p = double.NaN;
            if (_options.LiftAbove is { } above ? lift <= above : lift <= 1 || (p = _test.PValue(with[target], with[history], together, Samples)) > significant)
                continue;
            kept.Add(new KeptPair(_ranks[target], _ranks[history], together, lift, p));
        }
    }

    private bool IsTested(int target, int history, long[] with) => target != history && with[history] >= _options.LeastSamples;

    /// <summary>The greatest p-value that counts: Benjamini and Hochberg's (1995) step-up over all pairs of a target and a term of the history, those that never occur together included.</summary>
    private double SignificanceLevel(long[] with, CancellationToken cancellationToken)
    {
        using var values = new SpillSort<double>(_spillPath, (int)Math.Min(24_000_000, Math.Max(1024, _options.Memory / 32)));
        var targets = new HashSet<int>();
        long seen = 0;
        foreach (var (target, history, together) in PairCounter.Merge(_counters))
        {
            if (seen++ % 65_536 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            targets.Add(target);
            if (IsTested(target, history, with))
                values.Add(_test.PValue(with[target], with[history], together, Samples));
        }

        long histories = with.LongCount(n => n >= _options.LeastSamples);
        long tests = targets.Sum(t => histories - (with[t] >= _options.LeastSamples ? 1 : 0));
        double level = -1;
        long rank = 0;
        foreach (double p in values.Sorted())
        {
            if (p <= _options.FalseDiscoveryRate * ++rank / tests)
                level = p;
        }

        return level;
    }
}
