using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EhrR1.Charts;
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

    [Fact]
    public async Task Serve_LabelsInOneLine_AreRewardedAsInTraining()
    {
        using var folder = new TemporaryFolder();
        var id = Rewarded.Build(folder.PathOf("w"));
        var request = Rewarded.Decision(Rewarded.Completion(answer: "Digoxin, Spironolactone\nFurosemide"), "Furosemide") with { SampleId = id };
        using var workspace = Workspace.Open(folder.PathOf("w"));
        using var contexts = WorkspaceContexts.Open(workspace, "graphs", cancellationToken: TestContext.Current.CancellationToken);
        var trained = TrainReinforcement.RewardOf(new RewardWeights { Grounding = 0.5 }, contexts).Score(request with { Context = contexts.Find(id) });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new LineSignal();
        using var terminal = new CliTerminal(output, TextWriter.Null) { Folder = folder.FullPath };
        var running = CliApplication.RunAsync(TrainingCommands.Create(), ["reward", "serve", "--port", "0", "--workspace", "w", "--grounding", "0.5"], terminal, stop.Token);
        await Task.WhenAny(output.FirstLine, running);
        using var client = new HttpClient();
        using var reply = await client.PostAsJsonAsync(new Uri((await output.FirstLine).Split(' ')[^1]), new { completion = request.Completion, ground_truth = request.Labels, task = request.Task.Name, id }, stop.Token);
        var served = JsonNode.Parse(await reply.Content.ReadAsStringAsync(stop.Token))!;
        served["terms"]!.AsObject().Select(t => (t.Key, (double)t.Value!)).ShouldBe(trained.Terms.Named());
        // Read strictly, as published, two names in one line are one: of two items one is right.
        trained.Terms.Accuracy.ShouldBe(2.0 / 3, 1e-12);
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
