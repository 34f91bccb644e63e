using EhrR1.Charts;
using EhrR1.Ingest.Benchmarks;

// measure NAME …: one figure, in this process alone, as a JSON line; everything else runs such processes and prints a table.
try
{
    return args switch
    {
        ["measure", .. var rest] => await Measures.RunAsync(rest),
        ["demo", var source, var maps] => await Tables.DemoAsync(source, maps),
        ["hospital", var patients, .. var work] => await Tables.HospitalAsync(long.Parse(patients), work is [var folder] ? folder : null),
        ["source", var source, .. var maps] => await Tables.SourceAsync("source", source, maps is [var folder] ? folder : null),
        ["workspace", var workspace] => await Tables.WorkspaceAsync("workspace", workspace),
        ["all", var source, var maps, .. var work] => await Tables.AllAsync(source, maps, work is [var folder] ? folder : null),
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
        The figures of docs and benchmarks/results/ingest.md, each measured in a process of its own. Run it on a quiet machine:
          demo SOURCE MAPS          a real source to charts and task index; what DuckDB alone takes to read it; reading back
          hospital PATIENTS [WORK]  the same for a synthetic hospital, which is written to WORK (and kept) or a temporary folder
          source SOURCE [MAPS]      the same for any MIMIC-IV folder
          workspace WORKSPACE       reading a workspace's charts back: all of them, and one by its id
          all SOURCE MAPS [WORK]    demo, hospital 1000, hospital 20000
        """);
    return 2;
}
