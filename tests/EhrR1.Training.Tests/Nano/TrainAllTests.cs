using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Cli;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class TrainAllTests
{
    [Fact]
    public async Task All_NanoCiStoppedInEveryStage_GoesOnAndLossFalls()
    {
        using var folder = new TemporaryFolder();
        var cancellation = TestContext.Current.CancellationToken;
        (await RunAsync(CommandTree.Create(), folder, null, cancellation, "synth", "--patients", "120", "--seed", "5", "--out", "hospital")).Code.ShouldBe(ExitCode.Done);
        (await RunAsync(CommandTree.Create(), folder, null, cancellation, "build", "--source", "hospital", "--out", "workspace")).Code.ShouldBe(ExitCode.Done);
        string[] all = ["train", "all", "--preset", "nano-ci", "--workspace", "workspace", "--out", "nano", "--threads", "1"];
        foreach (var stage in (string[])["Stage 1", "Stage 2", "Stage 3"])
            (await RunAsync(TrainingCommands.Create(), folder, stage, cancellation, all)).Code.ShouldBe(ExitCode.Cancelled, stage);
        var ended = await RunAsync(TrainingCommands.Create(), folder, null, cancellation, all);
        ended.Code.ShouldBe(ExitCode.Done, ended.Error);
        var other = await RunAsync(TrainingCommands.Create(), folder, null, cancellation, [.. all.Select(a => a == "nano-ci" ? "nano" : a)]);
        (other.Code, other.Error.Contains("another preset", StringComparison.Ordinal)).ShouldBe((ExitCode.User, true));
        foreach (var row in (string[])["label prior", "1 domain adaptation", "2 reasoning enhancement", "3 reinforcement learning"])
            ended.Out.ShouldContain(row);
        JsonNode.Parse(File.ReadAllText(folder.PathOf("nano", "stages.json")))!["stages"]!.AsArray().Count.ShouldBe(4);
        var losses = MetricsLog.Read(Directory.EnumerateDirectories(folder.PathOf("nano", "stages"), "sft-*").Single()).Select(l => (double)l["loss"]!).ToList();
        losses.TakeLast(4).Average().ShouldBeLessThan(losses[0] * 0.8);
        var stages = Directory.EnumerateDirectories(folder.PathOf("nano", "stages")).ToList();
        stages.Count.ShouldBe(3);
        stages.ShouldAllBe(s => File.Exists(Path.Combine(s, "model.safetensors")) && !Directory.Exists(Path.Combine(s, "checkpoints")));
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(System.CommandLine.RootCommand root, TemporaryFolder folder, string? stopAt, CancellationToken cancellation, params string[] arguments)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var output = new StringWriter();
        using var error = new StopWriter(stopAt, stop);
        using var terminal = new CliTerminal(output, error) { Folder = folder.FullPath };
        var code = await CliApplication.RunAsync(root, arguments, terminal, stop.Token);
        return (code, output.ToString(), error.ToString());
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
