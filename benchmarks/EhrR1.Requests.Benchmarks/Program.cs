using EhrR1.Benchmarks;
using EhrR1.Models;
using EhrR1.Requests.Benchmarks;

// --serve: the server, started by the benchmark itself. --quick: the table of results/requests.md; --smoke: a tenth of it.
if (args is ["--serve"])
{
    await AtOnceServer.ServeAsync();
    return;
}

var requests = args is ["--smoke"] ? 10_000 : 100_000;
using var server = ServerProcess.Start();
using var endpoint = await OpenAiModel.OpenAsync(EndpointAddress.Parse(server.Address.OriginalString), new EndpointOptions { Rungs = [AnswerRungs.TopTokens] });
var load = new Load(endpoint);
await load.RunAsync(5_000, 64, score: false);

Console.WriteLine($"{Environment.ProcessorCount} cores, shared with the server; {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
Console.WriteLine();
Console.WriteLine("| what is asked | at once | requests | seconds | requests a second |");
Console.WriteLine("|---|--:|--:|--:|--:|");
foreach (var (name, score, concurrency) in new[] { ("a short completion", false, 16), ("a short completion", false, 64), ("P(yes) from 20 tokens", true, 64) })
{
    var result = await load.RunAsync(requests / 5, concurrency, score);
    Console.WriteLine($"| {name} | {concurrency} | {result.Requests:N0} | {result.Seconds:F1} | {result.PerSecond:N0} |");
}

var memory = await load.RunAsync(requests, 64, score: true, measureMemory: true);
Console.WriteLine();
Console.WriteLine($"Managed memory held after each tenth of {memory.Requests:N0} requests, in MB: {string.Join(", ", memory.HeldMb.Select(m => $"{m:F1}"))}; working set at the end {memory.WorkingSetMb:F0} MB.");
