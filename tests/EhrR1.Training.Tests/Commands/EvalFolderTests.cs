using System.Diagnostics;
using System.Text.Json.Nodes;
using EhrR1.Cli;

namespace EhrR1.Training.Tests;

/// <summary>The main program's <c>eval</c> with a model folder: it starts the training program in a process of its own, and stops it.</summary>
public sealed class EvalFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvalFolderTests()
    {
        ServedTiny.Make(_folder.PathOf("tiny"), positions: 4_096);
        // As 'train' leaves it: the model was trained on EHR-Ins, and is asked as that one was.
        File.WriteAllText(_folder.PathOf("tiny", "training.json"), "{}");
        File.WriteAllLines(_folder.PathOf("bench.jsonl"), Enumerable.Range(0, 6).Select(i => new JsonObject
        {
            ["idx"] = i,
            ["instruction"] = i < 3 ? "Which drugs come next?" : "Will the patient die in hospital?",
            ["input"] = $"## Admissions [2150-03-01 1{i}:00:00]\n- Admission_Type: URGENT",
            ["output"] = i < 3 ? "Digoxin" : i % 2 == 0 ? "yes" : "no",
            ["candidates"] = i < 3 ? new JsonArray("Digoxin", "Aspirin") : new JsonArray(),
            ["task_info"] = new JsonObject { ["task"] = i < 3 ? "prescriptions" : "Inpatient_Mortality" },
        }.ToJsonString()));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Eval_ModelFolder_IsServedAndScoredByExactProbabilities()
    {
        string[] command = ["eval", "bench.jsonl", "--model", "tiny", "--out", "run", "--no-think", "--max-new-tokens", "8"];
        var (code, output, error) = await RunAsync(command);
        code.ShouldBe(ExitCode.Done, error);
        error.ShouldContain("tiny at http://127.0.0.1:");
        error.ShouldContain("(ehr-r1, on this machine), context 4,096, probabilities by logprob_token_ids");
        output.ShouldContain("6 of 6 samples answered");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(_folder.PathOf("run", "manifest.json"), Token))!;
        var settings = manifest["settings"]!["model"]!;
        ((string)settings["endpoint"]!).ShouldStartWith("model folder ");
        ((string)settings["profile"]!["name"]!).ShouldBe("ehr-r1-8b");
        var answers = File.ReadAllLines(_folder.PathOf("run", "answers.jsonl")).Select(l => JsonNode.Parse(l)!).ToList();
        answers.Count(a => a.ToJsonString().Contains("logprob_token_ids", StringComparison.Ordinal)).ShouldBe(3);

        // The port is another; the run is the same.
        (await RunAsync(command)).Code.ShouldBe(ExitCode.Done);
        File.ReadAllLines(_folder.PathOf("run", "answers.jsonl")).Length.ShouldBe(6);
        var dry = await RunAsync(["eval", "bench.jsonl", "--model", "tiny", "--dry-run"]);
        dry.Output.ShouldContain("counted by tokenizer.json; profile ehr-r1-8b");
    }

    [Fact]
    public async Task Eval_FolderThatCannotBeServed_ShowsTheTrainingProgramsWords()
    {
        File.Delete(_folder.PathOf("tiny", "model.safetensors"));
        var (code, _, error) = await RunAsync(["eval", "bench.jsonl", "--model", "tiny"]);
        code.ShouldBe(ExitCode.User);
        error.ShouldContain("The model cannot be served. The training program said: ");
        error.ShouldContain("safetensors");
    }

    [Fact]
    public async Task ServedFolder_ThatIsClosed_LeavesNoProcess()
    {
        using var terminal = new CliTerminal(new StringWriter(), new StringWriter()) { Folder = _folder.FullPath };
        var served = await ServedFolder.StartAsync(terminal, _folder.PathOf("tiny"), [], Token);
        using var process = Process.GetProcessById(served.ProcessId);
        process.HasExited.ShouldBeFalse();
        using var client = new HttpClient();
        (await client.GetAsync(new Uri(served.Address.ToString().Split('#')[0] + "/models"), Token)).EnsureSuccessStatusCode();
        await served.DisposeAsync();
        await process.WaitForExitAsync(Token);
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri(served.Address.ToString().Split('#')[0] + "/models"), Token));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var terminal = new CliTerminal(output, error) { Folder = _folder.FullPath };
        var code = await CliApplication.RunAsync(arguments, terminal, Token);
        return (code, output.ToString(), error.ToString());
    }
}
