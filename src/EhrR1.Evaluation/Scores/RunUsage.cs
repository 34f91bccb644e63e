namespace EhrR1.Evaluation;

/// <summary>What a run's finished samples took: tokens and time, summed over its answers.</summary>
public sealed record RunUsage
{
    /// <summary>Tokens read.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Of those read, how many came from the endpoint's prefix cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Median time from request to whole answer, in milliseconds.</summary>
    public double MedianLatencyMs { get; init; }

    /// <summary>The time within which 95 % of the answers were whole, in milliseconds.</summary>
    public double LatencyMs95 { get; init; }

    internal static RunUsage Of(IEnumerable<RunAnswer> answers)
    {
        var finished = answers.Where(a => a.Error is null).ToArray();
        double[] latencies = [.. finished.Select(a => a.LatencyMs).Order()];
        return new RunUsage
        {
            PromptTokens = finished.Sum(a => a.Usage.Prompt),
            CompletionTokens = finished.Sum(a => a.Usage.Completion),
            CachedTokens = finished.Sum(a => a.Usage.Cached),
            MedianLatencyMs = At(latencies, 0.5),
            LatencyMs95 = At(latencies, 0.95),
        };
    }

    // The nearest rank: a latency that was measured.
    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
