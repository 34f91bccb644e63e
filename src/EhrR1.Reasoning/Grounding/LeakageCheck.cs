namespace EhrR1.Reasoning;

/// <summary>Looks for what lies after the prediction time, and for wordings that betray that the answer was given.</summary>
internal static class LeakageCheck
{
    /// <summary>1 where there is nothing, else 1 / (1 + the number of places).</summary>
    public static double Measure(DateTime prediction, ParsedChain chain, FaultList faults)
    {
        int places = 0;
        foreach (var time in chain.Times)
        {
            if (time.Time > prediction)
                Add(GroundingFaultKind.AfterPrediction, time.Span);
        }

        var rules = ChainRules.BuiltIn;
        for (int i = 0; i < chain.Words.Length;)
        {
            int count = Math.Max(rules.LeakTable.Match(chain.Words, i, out _), rules.GroundTruthTable.Match(chain.Words, i, out _));
            if (count > 0)
                Add(GroundingFaultKind.LeakWording, TextSpan.Between(chain.Words[i].Start, chain.Words[i + count - 1].End));
            i += Math.Max(1, count);
        }

        return 1.0 / (1 + places);

        void Add(GroundingFaultKind kind, TextSpan span)
        {
            places++;
            faults.Add(kind, span);
        }
    }
}
