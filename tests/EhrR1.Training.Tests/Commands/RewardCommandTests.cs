using System.Net;
using System.Text;
using EhrR1.Cli;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class RewardCommandTests
{
    [Fact]
    public async Task Serve_UntilItIsStopped_AnswersAndEndsWithoutAnError()
    {
        using var folder = new TemporaryFolder();
        Rewarded.Build(folder.PathOf("w"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new LineSignal();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error) { Folder = folder.FullPath };
        var running = CliApplication.RunAsync(TrainingCommands.Create(), ["reward", "serve", "--port", "0", "--workspace", "w", "--grounding", "0.5", "--calibration", "1"], terminal, stop.Token);
        await Task.WhenAny(output.FirstLine, running);
        error.ToString().ShouldBeEmpty();
        var address = (await output.FirstLine).Split(' ')[^1];
        using var client = new HttpClient();
        using var body = new StringContent("{\"completion\": \"<think>\\n\\n</think>\\n\\nyes\", \"task\": \"Inpatient_Mortality\", \"ground_truth\": \"yes\", \"p_yes\": 0.9}", Encoding.UTF8);
        using var reply = await client.PostAsync(new Uri(address), body, stop.Token);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reply.Content.ReadAsStringAsync(stop.Token)).ShouldContain("\"reward\":1.99");
        await stop.CancelAsync();
        (await running).ShouldBe(ExitCode.Done);
    }

    [Theory]
    [InlineData("needs the samples", "--grounding", "1")]
    [InlineData("is no address", "--host", "nowhere")]
    [InlineData("from 0 to 65535", "--port", "70000")]
    [InlineData("All weights", "--accuracy", "0", "--format", "0")]
    [InlineData("negative", "--format", "-1")]
    public async Task Serve_WrongOptions_AreTheUsersErrors(string expected, params string[] options)
    {
        var (code, _, error) = await TrainingRunner.RunAsync(Path.GetTempPath(), ["reward", "serve", .. options]);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }
}
