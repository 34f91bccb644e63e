using EhrR1.Charts;
using EhrR1.Knowledge.Benchmarks;

// The figures of benchmarks/results/knowledge.md, each step a run of its own.
try
{
    return args switch
    {
        ["full-write", var folder, .. var scale] => FullSize.Write(folder, scale),
        ["full-build", var folder, var file] => FullSize.Build(folder, file),
        ["full-paths", var file, .. var threads] => PathSpeed.Measure(file, threads),
        _ => Usage(),
    };
}
catch (EhrR1Exception e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

static int Usage()
{
    Console.WriteLine("""
        Run it on a quiet machine, in this order:
          full-write FOLDER [SCALE]    writes RRF files of UMLS's size (10 million English names, 40 million relations; 6 GB), or a share of it: 0.1
          full-build FOLDER FILE       builds a terminology from them, and opens it: time and peak memory
          full-paths FILE [THREADS]    paths between random concepts, and between clinical ones
        """);
    return 2;
}
