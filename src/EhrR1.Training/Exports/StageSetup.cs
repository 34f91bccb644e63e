using System.Globalization;

namespace EhrR1.Training;

/// <summary>A stage's published settings on a cluster: its batch over the GPUs, its steps, and the places that its files have in common.</summary>
internal sealed class StageSetup
{
    private static readonly string[] _purposes = ["domain adaptation on direct cases", "reasoning enhancement on reasoning and direct cases", "reinforcement learning"];

    private static readonly int[] _perDevice = [8, 4, 2, 1];

    public StageSetup(PaperStage stage, TrainingExportOptions options, int nodes, long gpuBytes, long cases)
    {
        Recipe = PublishedRecipe.Of(stage);
        Nodes = nodes;
        Gpus = nodes * options.GpusPerNode;
        GpuBytes = gpuBytes;
        var plan = new PlanOptions { Stage = stage, Gpus = Gpus, GpuBytes = gpuBytes, LoraRank = options.Lora?.Rank };
        int most = Array.Find(_perDevice, p => MemoryPlan.Of(options.Config, plan with { PerDevice = p }).Fits);
        Fits = most > 0;
        Batch = BatchPlan.For(Recipe.Batch, Gpus, Math.Max(1, most), Recipe.Generations);
        Steps = Math.Max(1, ((cases * Recipe.Epochs * Recipe.Generations) + Batch.Batch - 1) / Batch.Batch);
        Values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = Text(Recipe.Number),
            ["purpose"] = _purposes[Recipe.Number - 1],
            ["batch"] = Text(Batch.Batch),
            ["per_device"] = Text(Batch.PerDevice),
            ["accumulation"] = Text(Batch.Accumulation),
            ["gpus"] = Text(Gpus),
            ["gpus_per_node"] = Text(options.GpusPerNode),
            ["nodes"] = Text(nodes),
            ["note"] = Batch.Note is { } note ? "\n# " + note : "",
            ["length"] = Text(Recipe.Length),
            ["prompt"] = Text(Recipe.PromptLength),
            ["completion"] = Text(Recipe.CompletionLength),
            ["epochs"] = Text(Recipe.Epochs),
            ["rate"] = (Recipe.LearningRate * (options.Lora is null ? 1 : LowRankOptions.RateFactor)).ToString("0.0e-00", CultureInfo.InvariantCulture),
            ["warmup_share"] = Recipe.WarmupShare.ToString(CultureInfo.InvariantCulture),
            ["steps"] = Text(Steps),
            ["warmup"] = Text((long)Math.Ceiling(Recipe.WarmupShare * Steps)),
            ["save"] = Text(Math.Clamp(Steps / 10, 50, 500)),
            ["generations"] = Text(Recipe.Generations),
            ["prompts"] = Text(Batch.Batch / Recipe.Generations),
            ["temperature"] = Recipe.Temperature.ToString(CultureInfo.InvariantCulture),
            ["top_p"] = Recipe.TopP.ToString(CultureInfo.InvariantCulture),
            ["top_k"] = Text(Recipe.TopK),
        };
    }

    public PublishedRecipe Recipe { get; }

    public int Nodes { get; }

    public int Gpus { get; }

    /// <summary>The memory of each GPU that training has.</summary>
    public long GpuBytes { get; }

    public BatchPlan Batch { get; }

    public long Steps { get; }

    /// <summary>Whether the GPUs have the memory, one sequence at a time.</summary>
    public bool Fits { get; }

    /// <summary>The values of the places.</summary>
    public Dictionary<string, string> Values { get; }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
