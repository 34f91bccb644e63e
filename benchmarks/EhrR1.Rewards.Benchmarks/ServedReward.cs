using EhrR1.Benchmarks;
using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Training;

namespace EhrR1.Rewards.Benchmarks;

/// <summary>The reward server, in the process that serves.</summary>
internal static class ServedReward
{
    /// <summary>Serves until the process that started it ends it. With a workspace the grounding term is weighted.</summary>
    public static async Task RunAsync(string? folder)
    {
        using var workspace = folder is null ? null : Workspace.Open(folder);
        using var contexts = workspace is null ? null : WorkspaceContexts.Open(workspace, "graphs");
        var options = new RewardOptions { Weights = new RewardWeights { Grounding = contexts is null ? 0 : 0.5 } };
        var function = new RewardFunction(options, contexts is null ? null : new GroundingCheck(contexts.Names, options: options.Grounding), contexts is null ? null : contexts.VocabularyOf);
        await using var server = await RewardServer.StartAsync(function, contexts, new RewardServerOptions { Port = 0 });
        await ServerProcess.ServeAsync(server.Address);
    }
}
