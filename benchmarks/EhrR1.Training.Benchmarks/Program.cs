using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EhrR1.Benchmarks;
using EhrR1.Training;
using EhrR1.Training.Benchmarks;

// --step [PYTHON]: the tables of results/training.md, against the PyTorch of an interpreter. --serve FOLDER THREADS: the server, started by the benchmark itself. --quick: the first table of results/generation.md; --generate [PYTHON]: its second, against PyTorch; --smoke: a tenth of the first.
const int Prompt = 64, Rounds = 5;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--serve", var served, var count])
{
    await ServedModel.RunAsync(served, int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

if (args is ["--step", ..])
{
    StepBenchmark.Run(args.Length > 1 ? args[1] : "/usr/bin/python3", rounds: 7);
    return;
}

if (args is ["--generate", ..])
{
    GenerationYardstick.Run(args.Length > 1 ? args[1] : "/usr/bin/python3", rounds: 7);
    return;
}

var tokens = args is ["--smoke", ..] ? 25 : 256;
using var folder = NanoFolder.Make();
Console.WriteLine($"{Environment.ProcessorCount} cores; {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; prompts of {Prompt} tokens, {tokens} new ones each; best of {Rounds} rounds");
Console.WriteLine();
Console.WriteLine("| how | threads | batch | drawn | tokens a second | processor's µs a token | load of the machine |");
Console.WriteLine("|---|--:|--:|---|--:|--:|--:|");
foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
{
    using (var model = ModelFolder.LoadModel(folder.Path, new DecoderOptions { Device = TorchRuntime.Start("cpu", threads) }))
    {
        foreach (var (batch, temperature) in new[] { (1, 0.0), (32, 0.0), (32, 1.0) })
            Row("in process", threads, batch, temperature, () => Generate(model, batch, temperature), () => Process.GetCurrentProcess().TotalProcessorTime);
    }

    using var server = ServerProcess.Start(folder.Path, threads.ToString(CultureInfo.InvariantCulture));
    using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
    foreach (var (stream, batch) in new[] { (false, 1), (true, 1), (false, 32), (true, 32) })
        Row(stream ? "over HTTP, streamed" : "over HTTP", threads, batch, 0, () => Ask(client, batch, stream), () => server.Used);
}

return;

void Row(string how, int threads, int batch, double temperature, Action run, Func<TimeSpan> used)
{
    run();
    var best = (Seconds: double.MaxValue, Used: 0.0);
    for (var round = 0; round < Rounds; round++)
    {
        var (before, watch) = (used(), Stopwatch.StartNew());
        run();
        if (watch.Elapsed.TotalSeconds is var seconds && seconds < best.Seconds)
            best = (seconds, (used() - before).TotalMicroseconds);
    }

    var written = (double)batch * tokens;
    Console.WriteLine($"| {how} | {threads} | {batch} | {(temperature > 0 ? "at temperature 1" : "greedily")} | {written / best.Seconds:N0} | {best.Used / written:N0} | {Load()} |");
}

void Generate(DecoderModel model, int batch, double temperature)
{
    using var running = new GenerationBatch(model);
    running.Run([.. Enumerable.Range(0, batch).Select(i => new SequenceRequest(PromptOf(i), new SequenceOptions { MaxNewTokens = tokens, Temperature = temperature, Seed = i, StopTokens = [] }))]);
}

void Ask(HttpClient client, int batch, bool stream) => Task.WhenAll(Enumerable.Range(0, batch).Select(async i =>
{
    using var content = new StringContent(JsonSerializer.Serialize(new { prompt = PromptOf(i), max_tokens = tokens, temperature = 0, ignore_eos = true, stream }), Encoding.UTF8, "application/json");
    using var reply = await client.PostAsync(new Uri("/v1/completions", UriKind.Relative), content);
    reply.EnsureSuccessStatusCode();
    await reply.Content.ReadAsStringAsync();
})).GetAwaiter().GetResult();

static int[] PromptOf(int i)
{
    var random = new Random(i);
    return [.. Enumerable.Range(0, Prompt).Select(_ => random.Next(300, 2_000))];
}

static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
