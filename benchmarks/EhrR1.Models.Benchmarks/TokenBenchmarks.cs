using BenchmarkDotNet.Attributes;
using EhrR1.Tasks;

namespace EhrR1.Models.Benchmarks;

/// <summary>Counting and encoding the inputs of a benchmark.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private ByteLevelTokenizer _tokenizer = null!;
    private string[] _texts = null!;

    [GlobalSetup]
    public void Setup()
    {
        _tokenizer = ByteLevelTokenizer.Load(Environment.GetEnvironmentVariable("EHR_R1_TOKENIZER") ?? throw new InvalidOperationException("EHR_R1_TOKENIZER names no tokenizer.json."));
        _texts = [.. BenchmarkReader.ReadFolder(Environment.GetEnvironmentVariable("EHR_R1_BENCH") ?? throw new InvalidOperationException("EHR_R1_BENCH names no folder.")).Select(s => s.Input).Distinct().Take(100)];
    }

    [Benchmark(Baseline = true)]
    public int Count() => _texts.Sum(_tokenizer.Count);

    [Benchmark]
    public int Encode() => _texts.Sum(t => _tokenizer.Encode(t).Length);

    [Benchmark]
    public int Estimate() => _texts.Sum(EstimatedTokenCounter.Count);
}
