using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Evaluation;
using EhrR1.Models;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>A model folder, evaluated in this process with the prompts that it was trained on.</summary>
/// <param name="name">The model's name in the run.</param>
/// <param name="folder">The model folder.</param>
/// <param name="compute">Where it is computed.</param>
/// <param name="positions">Tokens of prompt and answer together at most.</param>
/// <param name="thinks">Whether decisions are thought about.</param>
/// <param name="newTokens">Tokens of an answer at most.</param>
/// <param name="votes">Answers drawn for each decision to vote on; 1 for the most probable answer.</param>
internal sealed class FolderSource(string name, string folder, ComputeSettings compute, int positions, bool thinks, int newTokens, int votes) : IModelSource
{
    private const int AtOnce = 64;

    // A model this small gives some chance to every token; what it all but rules out has no vote.
    private const double VotesFrom = 0.9;

    public string Name => name;

    public JsonObject Settings => new()
    {
        ["model"] = FileHash.OfFile(Path.Combine(folder, "model.safetensors")),
        ["positions"] = positions,
        ["thinks"] = thinks,
        ["new_tokens"] = newTokens,
        ["votes"] = votes,
        ["draws"] = "shared out",
    };

    public Task<OpenedModel> OpenAsync(BenchmarkSource benchmark, RunFolder run, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var decoder = ModelFolder.LoadModel(folder, compute.Start());
        var tokenizer = ModelFolder.LoadTokenizer(folder, decoder.Config);
        var model = new LocalModel(name, new GenerationWorker(decoder, tokenizer, new GenerationLimits { Sequences = AtOnce }, GenerationDefaults.Read(folder, decoder.Config, tokenizer).EndTokens), ChatTemplate.Load(folder)!) { SharesOut = true };
        return Task.FromResult(new OpenedModel(votes > 1 ? new VotingModel(model, votes, topP: VotesFrom) : model, new InstructionPrompts(tokenizer, positions, thinks, newTokens), new Both(model, decoder)) { Concurrency = AtOnce });
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
