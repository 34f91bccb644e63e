using System.Globalization;
using BenchmarkDotNet.Running;
using EhrR1.Charts;
using EhrR1.Knowledge.Benchmarks;

// The figures of benchmarks/results/knowledge.md, each step a run of its own; anything else goes to BenchmarkDotNet (--filter '*').
try
{
    switch (args)
    {
        case ["--quick", .. var names]:
            KnowledgeRun.Write(names.Length > 0 ? int.Parse(names[0], CultureInfo.InvariantCulture) : 1_000_000, Console.Out);
            return 0;
        case ["full-write", var folder, .. var scale]:
            return FullSize.Write(folder, scale);
        case ["full-build", var folder, var file]:
            return FullSize.Build(folder, file);
        case ["full-paths", var file, .. var threads]:
            return PathSpeed.Measure(file, threads);
        case ["lift"]:
            return LiftSpeed.Measure();
        case ["--help"]:
            Console.WriteLine("""
                Run it on a quiet machine:
                  --quick [NAMES]              queries and notes over a million names
                  full-write FOLDER [SCALE]    writes RRF files of UMLS's size (10 million English names, 40 million relations; 6 GB), or a share of it: 0.1
                  full-build FOLDER FILE       builds a terminology from them, and opens it: time and peak memory
                  full-paths FILE [THREADS]    paths between random concepts, and between clinical ones
                  lift                         pairs counted
                  anything else                BenchmarkDotNet, such as --filter '*'
                """);
            return 0;
        default:
            BenchmarkSwitcher.FromAssembly(typeof(QueryBenchmarks).Assembly).Run(args);
            return 0;
    }
}
catch (EhrR1Exception e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
