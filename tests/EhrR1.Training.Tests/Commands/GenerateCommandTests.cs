using System.Text.Json.Nodes;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class GenerateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GenerateCommandTests() => Vocabulary.WriteModel(_folder.PathOf("model"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_FromAPrompt_WritesTheSameTextAgain()
    {
        var first = await RunAsync("generate", "model", "the patient", "--max-new-tokens", "12", "--temperature", "1", "--seed", "3", "--threads", "1");
        first.Code.ShouldBe(ExitCode.Done, first.Error);
        first.Out.Length.ShouldBeGreaterThan(5);
        (await RunAsync("generate", "model", "the patient", "--max-new-tokens", "12", "--temperature", "1", "--seed", "3", "--threads", "1")).Out.ShouldBe(first.Out);
        (await RunAsync("generate", "model", "the patient", "--max-new-tokens", "12", "--temperature", "1", "--seed", "4", "--threads", "1")).Out.ShouldNotBe(first.Out);
    }

    [Fact]
    public async Task Generate_WithAllowedAnswers_PrintsOneWithItsProbability()
    {
        var ran = await RunAsync("generate", "model", "Will the patient live?", "--chat", "--thinking", "off", "--answer", "yes", "--answer", "no", "--json", "--logprobs", "2", "--n", "2");
        ran.Code.ShouldBe(ExitCode.Done, ran.Error);
        var answers = JsonNode.Parse(ran.Out)!.AsArray();
        answers.Count.ShouldBe(2);
        answers[0]!["text"]!.GetValue<string>().ShouldBeOneOf("yes", "no");
        answers[0]!["end"]!.GetValue<string>().ShouldBe("Answer");
        var token = answers[0]!["tokens"]![0]!;
        token["top"]!.AsArray().Count.ShouldBe(2);
        token["logprob"]!.GetValue<double>().ShouldBeLessThan(0);
    }

    [Fact]
    public async Task Generate_InSixteenBits_IsNearThirtyTwoAndNotTheSame()
    {
        var chances = new List<double>();
        foreach (var type in (string[])["float32", "bfloat16"])
        {
            var ran = await RunAsync("generate", "model", "Will the patient live?", "--answer", "yes", "--answer", "no", "--json", "--type", type);
            ran.Code.ShouldBe(ExitCode.Done, ran.Error);
            chances.Add(JsonNode.Parse(ran.Out)!.AsArray()[0]!["tokens"]![0]!["logprob"]!.GetValue<double>());
        }

        chances[1].ShouldBe(chances[0], 0.05);
        chances[1].ShouldNotBe(chances[0]);
    }

    [Theory]
    [InlineData("There is no such model folder", "nowhere", "x")]
    [InlineData("The prompt is empty", "model", "")]
    [InlineData("--system and --thinking belong to --chat", "model", "x", "--thinking", "on")]
    [InlineData("out of its range", "model", "x", "--top-p", "2")]
    [InlineData("Memory is short for this many answers: 2,147,483,647, of up to 7 tokens each, to a prompt of 1. Lower --n or --max-new-tokens", "model", "x", "--n", "2147483647", "--max-new-tokens", "7")]
    public async Task Generate_OfWhatCannotBe_IsTheUsersError(string what, params string[] arguments)
    {
        var ran = await RunAsync(["generate", .. arguments]);
        ran.Code.ShouldBe(ExitCode.User);
        ran.Error.ShouldContain(what);
    }

    private async Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        using var terminal = new CliTerminal(output, error) { Folder = _folder.FullPath };
        var code = await CliApplication.RunAsync(TrainingCommands.Create(), arguments, terminal, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
