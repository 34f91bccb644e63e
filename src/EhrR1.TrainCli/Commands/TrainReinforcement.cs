using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;
using EhrR1.Models;
using EhrR1.Reasoning;
using EhrR1.Training;

namespace EhrR1.TrainCli;

/// <summary>Stage 3.</summary>
internal sealed class TrainReinforcement(TrainOptions shared) : TrainAction("rl")
{
    public override Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands)
    {
        if (run.Get(shared.Model) == NanoPresets.ModelName && !File.Exists(Path.Combine(TrainOptions.Need(run, shared.Model), ModelConfig.FileName)))
            throw CommandRun.UserError("Stage 3 does not begin from 'nano': fresh weights write no answer that a reward could tell from others", "Take it through stages 1 and 2 first ('train sft --model nano', 'train reason'), or through all with 'train all --preset nano'");
        var settings = shared.Settings(run, StageSettings.Published(TrainingStageKind.ReinforcementLearning));
        if (run.Get(shared.ShowConfig))
        {
            run.Out.Write(settings.ToJson());
            return Task.FromResult(ExitCode.Done);
        }

        var data = shared.DataOf(run);
        if (data.Count != 1)
            throw CommandRun.UserError("Stage 3 takes one set of prompts", "Make one with 'ehr-r1 ins rl <workspace> --out <folder>'");
        var (model, folder) = (TrainOptions.Need(run, shared.Model), shared.FolderOf(run));
        using var workspace = run.PathOf(shared.Workspace) is { } path ? Workspace.Open(path) : null;
        if (settings.Reward.Grounding > 0 && workspace is null)
            throw CommandRun.UserError("The reward weighs grounding, which needs the workspace of the prompts", "Name it with --workspace, or set the weight of grounding to 0");
        var manifest = Train(run, model, data[0], workspace, settings, folder, run.Get(shared.Resume));
        if (run.Get(shared.Json))
        {
            run.WriteJson(manifest);
            return Task.FromResult(ExitCode.Done);
        }

        var result = manifest["result"]!;
        run.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(int)result["steps"]!:#,0} steps over {(int)result["cases"]!:#,0} prompts, mean reward {(double)result["first_reward"]!:0.000} → {(double)result["last_reward"]!:0.000} (of draws in training): {folder}"));
        run.Out.WriteLine($"Next: ehr-r1 serve {ShellText.Of(folder)}");
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Trains with the reward that the settings weigh.</summary>
    public static JsonObject Train(CommandRun run, string model, string data, Workspace? workspace, StageSettings settings, string folder, bool resume)
    {
        using var contexts = settings.Reward.Grounding > 0 ? WorkspaceContexts.Open(workspace!, GraphStage.Folder, cancellationToken: run.Cancellation) : null;
        var reward = RewardOf(settings.Reward, contexts, ChatTemplate.Load(model) is { OpensThought: true });
        return ReinforcementStage.Run(model, data, reward, contexts is null ? null : contexts.Find, settings, folder, resume, contexts is null ? null : GroundsOf(workspace!), new StepProgress(run, "rl", "reward"), run.Cancellation);
    }

    /// <summary>What chains are held against: the workspace's samples, and the graphs of all splits, whose names a chain may use.</summary>
    internal static JsonObject GroundsOf(Workspace workspace) => new()
    {
        ["tasks"] = workspace.Stage(TaskStage.Name)?.Fingerprint,
        ["graphs"] = new JsonObject(workspace.Manifest.Stages.Where(s => s.Key.StartsWith(GraphStage.NameOf(""), StringComparison.Ordinal)).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.Fingerprint))),
    };

    /// <summary>The reward of some weights, its grounding check knowing the workspace's names.</summary>
    public static RewardFunction RewardOf(RewardWeights weights, WorkspaceContexts? contexts, bool promptOpensThinking = false)
    {
        var options = new RewardOptions { Weights = weights, PromptOpensThinking = promptOpensThinking };
        return new RewardFunction(options, contexts is null ? null : new GroundingCheck(contexts.Names, options: options.Grounding), contexts is null ? null : contexts.VocabularyOf);
    }
}
