using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class TrainAllTests
{
    private const string Mark = "of_the_first_process";

    [Fact]
    public async Task All_NanoCiStoppedInEveryStage_GoesOnAndLossFalls()
    {
        using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        (await RunAsync(CommandTree.Create(), folder, null, cancellation, "synth", "--patients", "120", "--seed", "5", "--out", "hospital")).Code.ShouldBe(ExitCode.Done);
        (await RunAsync(CommandTree.Create(), folder, null, cancellation, "build", "--source", "hospital", "--out", "workspace")).Code.ShouldBe(ExitCode.Done);
        string[] all = ["train", "all", "--preset", "nano-ci", "--workspace", "workspace", "--out", "nano", "--threads", "1"];
        // Stage 1 has two parts.
        foreach (var stage in (string[])["sft", "sft", "reason", "rl"])
        {
            (await RunAsync(TrainingCommands.Create(), folder, $"Training ({stage}): 2 of", cancellation, all)).Code.ShouldBe(ExitCode.Cancelled, stage);
            MarkFirstStep(folder.PathOf("nano", "stages"), stage);
        }

        var ended = await RunAsync(TrainingCommands.Create(), folder, null, cancellation, all);
        ended.Code.ShouldBe(ExitCode.Done, ended.Error);
        // Counted once, by significance.
        using (var counted = Workspace.Open(folder.PathOf("workspace")))
            LiftStage.Recorded(counted).LiftAbove.ShouldBeNull();
        ended.Error.ShouldNotContain("ehr-r1 lift ");
        var other = await RunAsync(TrainingCommands.Create(), folder, null, cancellation, [.. all.Select(a => a == "nano-ci" ? "nano" : a)]);
        (other.Code, other.Error.Contains("another preset", StringComparison.Ordinal)).ShouldBe((ExitCode.User, true));
        foreach (var preset in (NanoPreset[])[NanoPresets.Test with { LeastSamples = 1000 }, NanoPresets.Test with { LeastOfEither = 1000 }])
            Should.Throw<EhrR1Exception>(() => ScoredTasks.Of(folder.PathOf("workspace"), preset)).Message.ShouldContain("1000");
        foreach (var row in (string[])["label prior", "1 domain adaptation", "2 reasoning enhancement", "3 reinforcement learning"])
            ended.Out.ShouldContain(row);
        JsonNode.Parse(File.ReadAllText(folder.PathOf("nano", "stages.json")))!["stages"]!.AsArray().Count.ShouldBe(4);
        JsonNode.Parse(File.ReadAllText(folder.PathOf("nano", "stages.json")))!["aims"]!.AsArray().Count.ShouldBe(4);
        foreach (var line in (string[])["decisions better than the label prior", "risks better than chance", "chains well-formed", "a higher reward than the stage before"])
            ended.Out.ShouldContain(line);
        var losses = Directory.EnumerateDirectories(folder.PathOf("nano", "stages"), "sft-*").Select(s => MetricsLog.Read(s).Select(l => (double)l["loss"]!).ToList()).MaxBy(l => l[0])!;
        losses.TakeLast(4).Average().ShouldBeLessThan(losses[0] * 0.8);
        var stages = Directory.EnumerateDirectories(folder.PathOf("nano", "stages")).ToList();
        stages.Count.ShouldBe(4);
        // A stage that began anew would have written its first step again.
        stages.ShouldAllBe(s => MetricsLog.Read(s)[0].ContainsKey(Mark));
        stages.ShouldAllBe(s => MetricsLog.Read(s).Select((l, i) => (int)l["step"]! == i).All(isNext => isNext));
        foreach (var file in (string[])["model.safetensors", "tokenizer.json"])
            File.ReadAllBytes(folder.PathOf("nano", file)).ShouldBe(File.ReadAllBytes(Path.Combine(stages.Single(s => Path.GetFileName(s).StartsWith("rl-", StringComparison.Ordinal)), file)), file);
        stages.ShouldAllBe(s => File.Exists(Path.Combine(s, "model.safetensors")) && !Directory.Exists(Path.Combine(s, "checkpoints")));
        // A workspace's own threshold is kept, with a word on what it leaves out; a folder of another count is not gone on with.
        (await RunAsync(CommandTree.Create(), folder, null, cancellation, "lift", "workspace")).Code.ShouldBe(ExitCode.Done);
        var recounted = await RunAsync(TrainingCommands.Create(), folder, null, cancellation, all);
        (recounted.Code, recounted.Error.Contains("threshold of 5", StringComparison.Ordinal), recounted.Error.Contains("Lift were made anew", StringComparison.Ordinal)).ShouldBe((ExitCode.User, true, true));
    }

    private static void MarkFirstStep(string stages, string stage)
    {
        var folder = Directory.EnumerateDirectories(stages, $"{stage}-*").Single(s => Directory.Exists(Path.Combine(s, "checkpoints")));
        var log = Path.Combine(folder, MetricsLog.FileName);
        var lines = File.ReadAllLines(log);
        lines.Length.ShouldBe(2, stage);
        var first = JsonNode.Parse(lines[0])!.AsObject();
        first[Mark] = true;
        File.WriteAllLines(log, [first.ToJsonString(), lines[1]]);
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(System.CommandLine.RootCommand root, TemporaryFolder folder, string? stopAt, CancellationToken cancellation, params string[] arguments)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var output = new StringWriter();
        using var error = new StopWriter(stopAt, stop);
        using var terminal = new CliTerminal(output, error) { Folder = folder.FullPath, Time = new HastyTime() };
        var code = await CliApplication.RunAsync(root, arguments, terminal, stop.Token);
        return (code, output.ToString(), error.ToString());
    }

    // Ten seconds at every look, so that every step is shown.
    private sealed class HastyTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _now, 10);
    }

    // Stops the command when it says a certain line.
    private sealed class StopWriter(string? at, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (at is not null && value?.StartsWith(at, StringComparison.Ordinal) == true)
                stop.Cancel();
        }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
