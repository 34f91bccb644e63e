using System.Text.Json.Nodes;
using EhrR1.Cli;

namespace EhrR1.Training.Tests;

public sealed class PlanCommandTests
{
    [Fact]
    public async Task Plan_AllStages_AreAsReviewed()
    {
        var text = new StringWriter();
        foreach (var line in (string[])["Qwen/Qwen3-8B --gpus 1x80 --stage sft", "Qwen/Qwen3-8B --gpus 8x80 --stage reason --mean-tokens 6000", "Qwen/Qwen2.5-72B-Instruct --gpus 8x8x80 --stage rl", "Qwen3-1.7B --gpus 3x24 --stage sft --lora 16 --logit-chunk 1024"])
        {
            var (code, output, error) = await TrainingRunner.RunAsync(Path.GetTempPath(), ["plan", .. line.Split(' ')]);
            (code, error).ShouldBe((ExitCode.Done, ""));
            await text.WriteAsync($"$ ehr-r1 plan {line}\n{output}\n");
        }

        Snapshot.ShouldMatch(text.ToString(), "Plans.expected.txt");
    }

    [Fact]
    public async Task Plan_Json_HasTheSameFigures()
    {
        var (code, output, _) = await TrainingRunner.RunAsync(Path.GetTempPath(), "plan", "Qwen3-8B", "--gpus", "2x4x80", "--json");
        code.ShouldBe(ExitCode.Done);
        var plan = JsonNode.Parse(output)!;
        ((int)plan["gpus"]!).ShouldBe(8);
        ((bool)plan["fits"]!).ShouldBeTrue();
        ((double)plan["memory"]!["bytes"]!).ShouldBe(plan["memory"]!["parts"]!.AsArray().Sum(p => (double)p!["value"]!), 1);
    }

    [Theory]
    [InlineData("no number of GPUs", "plan", "Qwen3-8B", "--gpus", "many")]
    [InlineData("no number of GPUs", "plan", "Qwen3-8B", "--gpus", "0x80")]
    [InlineData("neither built in nor a folder", "plan", "gpt-9", "--gpus", "1x80")]
    [InlineData("--utilisation", "plan", "Qwen3-8B", "--gpus", "1x80", "--utilisation", "2")]
    [InlineData("positions", "plan", "Qwen3-8B", "--gpus", "1x80", "--length", "100000")]
    public async Task Plan_WrongOptions_AreTheUsersErrors(string expected, params string[] arguments)
    {
        var (code, _, error) = await TrainingRunner.RunAsync(Path.GetTempPath(), arguments);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }
}
