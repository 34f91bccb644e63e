using BenchmarkDotNet.Running;
using EhrR1.Models.Benchmarks;

// --quick <tokenizer.json> <workspace's bench folder>: the table of results/tokens.md.
// Anything else goes to BenchmarkDotNet (--filter '*'), which reads both from EHR_R1_TOKENIZER and EHR_R1_BENCH.
if (args is ["--quick", var tokenizer, var bench]) TokenRun.Write(tokenizer, bench, Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(TokenBenchmarks).Assembly).Run(args);
