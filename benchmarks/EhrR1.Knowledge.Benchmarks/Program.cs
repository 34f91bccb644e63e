using BenchmarkDotNet.Running;
using EhrR1.Knowledge.Benchmarks;

// --quick [names]: the tables of results/knowledge.md; the default is a million names.
// Anything else goes to BenchmarkDotNet (--filter '*').
if (args is ["--quick", ..]) KnowledgeRun.Write(args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1_000_000, Console.Out);
else BenchmarkSwitcher.FromAssembly(typeof(QueryBenchmarks).Assembly).Run(args);
