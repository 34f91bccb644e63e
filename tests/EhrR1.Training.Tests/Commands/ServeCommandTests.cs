using System.Text.Json.Nodes;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Serve_UntilItIsStopped_AnswersAndEndsWithoutAnError()
    {
        using var folder = new TemporaryFolder();
        ServedTiny.Make(folder.PathOf("tiny"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new LineSignal();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error) { Folder = folder.FullPath };
        var running = CliApplication.RunAsync(TrainingCommands.Create(), ["serve", "tiny", "--port", "0", "--name", "our/nano", "--json"], terminal, stop.Token);
        await Task.WhenAny(output.FirstLine, running);
        error.ToString().ShouldBeEmpty();
        var ready = JsonNode.Parse(await output.FirstLine)!;
        ((string)ready["model"]!).ShouldBe("our/nano");
        using (var model = await OpenAiModel.OpenAsync(EndpointAddress.Parse((string)ready["address"]!), cancellationToken: stop.Token))
            model.Name.ShouldBe("our/nano");
        await stop.CancelAsync();
        (await running).ShouldBe(ExitCode.Done);
    }

    [Theory]
    [InlineData("no such model folder", "serve", "nowhere")]
    [InlineData("is no address", "serve", "m", "--host", "nowhere")]
    [InlineData("from 0 to 65535", "serve", "m", "--port", "70000")]
    [InlineData("--max-sequences must be at least 1", "serve", "m", "--max-sequences", "0")]
    [InlineData("float16", "serve", "m", "--type", "float16")]
    public async Task Serve_WrongOptions_AreTheUsersErrors(string expected, params string[] arguments)
    {
        var (code, _, error) = await TrainingRunner.RunAsync(Path.GetTempPath(), arguments);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain(expected);
    }
}
