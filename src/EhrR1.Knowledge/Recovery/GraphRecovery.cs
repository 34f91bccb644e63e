namespace EhrR1.Knowledge;

/// <summary>How much of a synthetic hospital's truth each way of finding related facts recovers.</summary>
/// <remarks>
/// A pair is judged where the truth knows both terms and they are not the same thing under two names. Two definitions of true: joined by one relation; or joined by
/// one relation or through one common condition.
/// </remarks>
/// <param name="Pairs">Pairs that occur in the samples.</param>
/// <param name="Judged">Pairs that are judged.</param>
/// <param name="Same">Pairs left out because both terms name one thing, or a class and its member.</param>
/// <param name="Unknown">Pairs left out because the truth does not know a term.</param>
/// <param name="Rows">For each method, in the order given, the row for direct ties, then the one with ties through a condition.</param>
public sealed record GraphRecovery(long Pairs, long Judged, long Same, long Unknown, IReadOnlyList<RecoveryRow> Rows)
{
    /// <summary>Measures methods on the same pairs.</summary>
    /// <param name="truth">The truth behind the hospital.</param>
    /// <param name="occurring">All pairs of a target's term and a history's term that occur in a sample.</param>
    /// <param name="methods">What each method found among them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">A method found a pair that does not occur.</exception>
    public static GraphRecovery Measure(HospitalTruth truth, IReadOnlySet<TermPair> occurring, IReadOnlyList<RecoveryMethod> methods, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(occurring);
        ArgumentNullException.ThrowIfNull(methods);
        foreach (var method in methods)
        {
            if (!method.Found.IsSubsetOf(occurring))
                throw new ArgumentException($"The method {method.Name} found pairs that do not occur.", nameof(methods));
        }

        var ties = new long[Enum.GetValues<TruthTie>().Length];
        var found = methods.Select(_ => new long[ties.Length]).ToArray();
        foreach (var pair in occurring)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int tie = (int)truth.TieOf(pair.Target, pair.History);
            ties[tie]++;
            for (int i = 0; i < found.Length; i++)
            {
                if (methods[i].Found.Contains(pair))
                    found[i][tie]++;
            }
        }

        return new GraphRecovery(occurring.Count, JudgedOf(ties), ties[(int)TruthTie.Same], ties[(int)TruthTie.Unknown],
            [.. methods.SelectMany((m, i) => new[] { Row(m.Name, TruthTie.Direct, ties, found[i]), Row(m.Name, TruthTie.ThroughCondition, ties, found[i]) })]);
    }

    private static RecoveryRow Row(string method, TruthTie farthest, long[] ties, long[] found) => new(method, farthest, TrueOf(ties, farthest), JudgedOf(found), TrueOf(found, farthest));

    private static long JudgedOf(long[] ties) => ties[(int)TruthTie.None] + TrueOf(ties, TruthTie.ThroughCondition);

    private static long TrueOf(long[] ties, TruthTie farthest) => ties[(int)TruthTie.Direct] + (farthest == TruthTie.ThroughCondition ? ties[(int)TruthTie.ThroughCondition] : 0);
}
