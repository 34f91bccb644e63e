using EhrR1.Benchmarks;
using EhrR1.Rewards.Benchmarks;

// --serve [WORKSPACE]: the server, started by the benchmark itself. --quick [WORKSPACE]: the table of results/rewards.md; --smoke: a tenth of it.
if (args is ["--serve", ..])
{
    await ServedReward.RunAsync(args.Length > 1 ? args[1] : null);
    return;
}

var share = args is ["--smoke", ..] ? 10 : 1;
Console.WriteLine($"{Environment.ProcessorCount} cores, shared with the load; {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; load average {(File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown")}");
Console.WriteLine();
Console.WriteLine("| reward | a request | in flight | completions | errors | a second | p50 ms | p99 ms | longest ms | server's µs of a core a completion | peak MB |");
Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
await MeasureAsync("published", null, Bodies.Plain());
if (args.Length > 1)
    await MeasureAsync("with grounding", args[1], Bodies.Narrated(args[1], 64));
return;

async Task MeasureAsync(string reward, string? workspace, List<Dictionary<string, object>> items)
{
    using var server = ServerProcess.Start(workspace is null ? [] : [workspace]);
    var load = new Load(server.Address);
    byte[][] single = [.. items.Select(Bodies.Single)], group = [.. items.Select(i => Bodies.Group(i, 16))];
    await load.RunAsync(single, 4_000 / share, 16);
    await RowAsync("1", single, 1, 40_000 / share, 64, null);
    await RowAsync("1, 2,000 a second", single, 1, 40_000 / share, 64, 2_000);
    await RowAsync("1", single, 1, 40_000 / share, 1_024, null);
    await RowAsync("16", group, 16, 5_000 / share, 64, null);

    async Task RowAsync(string name, byte[][] bodies, int each, int requests, int inFlight, double? rate)
    {
        var before = server.Used;
        var result = await load.RunAsync(bodies, requests, inFlight, rate);
        var used = server.Used - before;
        Console.WriteLine($"| {reward} | {name} | {inFlight:N0} | {(long)requests * each:N0} | {result.Errors} | {requests * each / result.Seconds:N0} | {result.P50:F1} | {result.P99:F1} | {result.Worst:F1} | {used.TotalMicroseconds / ((double)requests * each):F0} | {server.PeakMb:F0} |");
    }
}
