using System.Text.Json.Nodes;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.TrainCli;

namespace EhrR1.Training.Tests;

/// <summary>A base model that was taught conversations ends its answers with the end of a turn, of which its files know nothing: whoever generates has to.</summary>
public sealed class TurnEndTests : IDisposable
{
    private readonly TinyStage _tiny = new();
    private readonly int _end;

    public TurnEndTests() => _end = TurnEnder.Make(_tiny.Model);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Named => _tiny.Tokenizer.IdOf(TurnEnder.Named)!.Value;

    public void Dispose() => _tiny.Dispose();

    [Fact]
    public void Read_Folder_HasTheEndsOfBothFilesAndOfTheTemplate()
    {
        var config = ModelConfig.Read(_tiny.Model);
        config.EndTokens.ShouldBe([Named]);
        GenerationDefaults.Read(_tiny.Model, config).EndTokens.ShouldBe([Named]);
        GenerationDefaults.Read(_tiny.Model, config, _tiny.Tokenizer).EndTokens.ShouldBe([Named, _end]);
        File.WriteAllText(Path.Combine(_tiny.Model, GenerationDefaults.FileName), "{\"eos_token_id\": [7, 8]}");
        GenerationDefaults.Read(_tiny.Model, config, _tiny.Tokenizer).EndTokens.ShouldBe([Named, 7, 8, _end]);
        File.Delete(Path.Combine(_tiny.Model, GenerationDefaults.FileName));
        GenerationDefaults.Read(_tiny.Model, config, _tiny.Tokenizer).EndTokens.ShouldBe([Named, _end]);
        // A template of another kind has no turns that are known here.
        File.WriteAllText(Path.Combine(_tiny.Model, "chat_template.jinja"), "[INST] {{ messages }} [/INST]");
        GenerationDefaults.Read(_tiny.Model, config, _tiny.Tokenizer).EndTokens.ShouldBe([Named]);
    }

    [Fact]
    public void Rollouts_EndWithTheTurnAndTheSavedModelSaysSo()
    {
        ReinforcementStage.Run(_tiny.Model, _tiny.Prompts, new RewardFunction(), null, TinyStage.Settings, _tiny.PathOf("out"), resume: false, cancellationToken: Token);
        MetricsLog.Read(_tiny.PathOf("out")).ShouldAllBe(l => (int)l["cut"]! == 0);
        var written = JsonNode.Parse(File.ReadAllText(_tiny.PathOf("out", GenerationDefaults.FileName)))!;
        written["eos_token_id"]!.AsArray().Select(t => (int)t!).ShouldBe([Named, _end]);
        ((int)written["pad_token_id"]!).ShouldBe((int)JsonNode.Parse(File.ReadAllText(Path.Combine(_tiny.Model, GenerationDefaults.FileName)))!["pad_token_id"]!);
    }

    [Fact]
    public void Save_EndsThatTheFileNames_LeavesTheFileAsItIs()
    {
        using var model = ModelFolder.LoadModel(_tiny.Model);
        var file = Path.Combine(_tiny.Model, GenerationDefaults.FileName);
        var text = $"{{\"eos_token_id\":  [{_end}, {Named}], \"top_k\": 20}}";
        File.WriteAllText(file, text);
        ModelFolder.Save(model, _tiny.PathOf("copy"), companionsFrom: _tiny.Model, endTokens: [Named, _end]);
        File.ReadAllText(_tiny.PathOf("copy", GenerationDefaults.FileName)).ShouldBe(text);
        File.Delete(file);
        ModelFolder.Save(model, _tiny.PathOf("fresh"), companionsFrom: _tiny.Model, endTokens: [_end]);
        GenerationDefaults.Read(_tiny.PathOf("fresh"), model.Config).EndTokens.ShouldBe([Named, _end]);
    }

    [Fact]
    public async Task LocalModel_EndsWithTheTurn()
    {
        var source = new FolderSource("tiny", _tiny.Model, TinyStage.Settings.Compute, positions: 64, thinks: false, newTokens: 8, votes: 1);
        using var opened = await source.OpenAsync(null!, null!, null, Token);
        var answer = await opened.Model.GenerateAsync(new GenerationRequest { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "drug 1")]), Sampling = new SamplingSettings { MaxNewTokens = 8 } }, Token);
        (answer.Completions[0].Finish, answer.Usage.Completion).ShouldBe((FinishReason.Stop, 1));
    }

    [Fact]
    public async Task Generate_EndsWithTheTurn()
    {
        var (code, output, error) = await TrainingRunner.RunAsync(_tiny.PathOf(), "generate", "model", "drug 1", "--chat", "--json", "--max-new-tokens", "8", "--threads", "1");
        code.ShouldBe(ExitCode.Done, error);
        ((string)JsonNode.Parse(output)![0]!["end"]!).ShouldBe("StopToken");
    }

    [Fact]
    public async Task Serve_EndsWithTheTurn()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var output = new LineSignal();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error) { Folder = _tiny.PathOf() };
        var running = CliApplication.RunAsync(TrainingCommands.Create(), ["serve", "model", "--port", "0", "--threads", "1", "--json"], terminal, stop.Token);
        await Task.WhenAny(output.FirstLine, running);
        error.ToString().ShouldBeEmpty();
        using (var model = await OpenAiModel.OpenAsync(EndpointAddress.Parse((string)JsonNode.Parse(await output.FirstLine)!["address"]!), cancellationToken: stop.Token))
        {
            var answer = await model.GenerateAsync(new GenerationRequest { Prompt = new ModelPrompt([new PromptMessage(PromptRole.User, "drug 1")]), Sampling = new SamplingSettings { MaxNewTokens = 8 } }, Token);
            (answer.Completions[0].Finish, answer.Usage.Completion).ShouldBe((FinishReason.Stop, 1));
        }

        await stop.CancelAsync();
        (await running).ShouldBe(ExitCode.Done);
    }
}
