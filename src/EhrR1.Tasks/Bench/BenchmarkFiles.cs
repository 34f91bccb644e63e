namespace EhrR1.Tasks;

/// <summary>The released names of the benchmark's files.</summary>
public static class BenchmarkFiles
{
    /// <summary>The folder of the benchmark inside a workspace.</summary>
    public const string Folder = "bench";

    /// <summary>The decision tasks' file.</summary>
    public const string Decisions = "ehr_bench_decision_making.jsonl";

    /// <summary>The risk tasks' file.</summary>
    public const string Risks = "ehr_bench_risk_prediction.jsonl";

    /// <summary>The leakage audit's file.</summary>
    public const string Audit = "leakage_audit.json";
}
