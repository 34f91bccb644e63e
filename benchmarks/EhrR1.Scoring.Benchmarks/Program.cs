using BenchmarkDotNet.Running;
using EhrR1.Scoring.Benchmarks;

// --quick: the table of results/scoring.md; --run: a stored run scored again; anything else goes to BenchmarkDotNet (--filter '*').
if (args is ["--quick"]) QuickRun.Write(Console.Out);
else if (args is ["--run"]) StoredRun.Write(Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(RiskTask).Assembly).Run(args);
