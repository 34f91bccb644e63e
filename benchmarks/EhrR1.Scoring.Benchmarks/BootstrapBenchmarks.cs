using BenchmarkDotNet.Attributes;

namespace EhrR1.Scoring.Benchmarks;

/// <summary>From one evaluation to the whole claim: a thousand patient-clustered replicates of three metrics.</summary>
[MemoryDiagnoser]
public class BootstrapBenchmarks
{
    private BinaryOutcomes _outcomes = null!;
    private PatientIndex _patients = null!;
    private IPreparedMetric[] _metrics = null!;
    private int[] _once = null!;

    [Params("distinct", "1,000 levels", "weighted")]
    public string Probabilities { get; set; } = "distinct";

    [GlobalSetup]
    public void Setup()
    {
        _outcomes = RiskTask.Simulate(100_000, Probabilities == "1,000 levels" ? 1000 : 0, Probabilities == "weighted");
        _patients = PatientIndex.Of(_outcomes.Patients);
        _metrics = RiskTask.Prepare(_outcomes, _patients);
        _once = new int[_patients.Count];
        Array.Fill(_once, 1);
    }

    [Benchmark]
    public IPreparedMetric PrepareAuroc() => Auroc.Prepare(_outcomes, _patients);

    [Benchmark]
    public double EvaluateAuroc() => _metrics[0].Evaluate(_once);

    [Benchmark]
    public double EvaluateAuprc() => _metrics[1].Evaluate(_once);

    [Benchmark]
    public double EvaluateBrier() => _metrics[2].Evaluate(_once);

    [Benchmark]
    public IReadOnlyList<ScoreDraws> Bootstrap1000() =>
        PatientBootstrap.Run(RiskTask.Prepare(_outcomes, _patients), _patients, new() { Replicates = 1000 });
}
