using System.Globalization;
using EhrR1.Charts;
using EhrR1.Reasoning.Benchmarks;

// The figures of benchmarks/results/reasoning.md, each a run of its own.
try
{
    switch (args)
    {
        case ["render", var workspace, .. var tasks]:
            return DirectSpeed.Render(workspace, tasks);
        case ["write", var workspace, .. var tasks]:
            return DirectSpeed.Write(workspace, tasks);
        case ["memory", var workspace, var perTask]:
            return DirectSpeed.Memory(workspace, int.Parse(perTask, CultureInfo.InvariantCulture));
        case ["check", var workspace, var chains, .. var least]:
            return CheckSpeed.Measure(workspace, chains, least.Length > 0 ? int.Parse(least[0], CultureInfo.InvariantCulture) : 0);
        case ["narrate", var workspace, .. var least]:
            return NarratorSpeed.Measure(workspace, least.Length > 0 ? int.Parse(least[0], CultureInfo.InvariantCulture) : 0);
        default:
            Console.WriteLine("""
                Run it on a quiet machine:
                  render WORKSPACE [TASK …]    inputs rendered a second on one core, of charts in memory
                  write WORKSPACE [TASK …]     direct cases a second from the chart store to files, on one core and on two
                  memory WORKSPACE PER_TASK    the peak of memory while so many cases a task are written
                  narrate WORKSPACE [N]        chains that the narrator writes a second on one core, of inputs of at least N characters
                  check WORKSPACE FOLDER [N]   chains of a folder's chains.jsonl checked a second on one core, those on inputs of at least N characters
                """);
            return args is ["--help"] ? 0 : 2;
    }
}
catch (EhrR1Exception e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
