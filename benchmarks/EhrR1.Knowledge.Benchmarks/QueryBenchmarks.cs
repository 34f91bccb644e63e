using BenchmarkDotNet.Attributes;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>One query of each mix over 100,000 names.</summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    private readonly List<string> _names = GeneratedNames.Many(100_000);
    private NameIndex _index = null!;
    private int _next;

    [GlobalSetup]
    public void Setup() => _index = NameIndex.Of(_names);

    [GlobalCleanup]
    public void Close() => _index.Dispose();

    [Benchmark(Baseline = true)]
    public int Exact() => _index.Find(_names[Next()], SimilarityThreshold.Default).Count;

    [Benchmark]
    public int TwoWords() => _index.Find(string.Join(' ', _names[Next()].Split(' ').Take(2)), SimilarityThreshold.Default).Count;

    private int Next() => _next = (_next + 7919) % _names.Count;
}
