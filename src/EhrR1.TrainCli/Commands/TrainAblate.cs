using System.CommandLine;
using System.Text.Json.Nodes;
using EhrR1.Charts;
using EhrR1.Cli;

namespace EhrR1.TrainCli;

/// <summary>The stages with one part left out at a time, to see what each is worth.</summary>
internal sealed class TrainAblate(TrainOptions shared, TrainAll all) : TrainAction("ablate")
{
    private readonly Option<int> _seeds = CommonOptions.Count("--seeds", "Ablate: how many seeds each variant is trained with.", 1);

    public override IReadOnlyList<Option> Options => [_seeds];

    /// <summary>The variants, the whole first; those that begin alike share their finished stages.</summary>
    internal static IReadOnlyList<StageVariant> Variants { get; } =
    [
        new("whole"),
        new("without stage 1") { DomainAdaptation = false },
        new("without stage 2") { Reasoning = false },
        new("without stage 3") { Reinforcement = false },
        new("chains without knowledge") { Knowledge = false },
        new("reward of accuracy alone") { FullReward = false },
    ];

    public override async Task<int> RunAsync(CommandRun run, IReadOnlyList<string> operands)
    {
        var (preset, workspace, folder) = all.Read(run);
        Directory.CreateDirectory(folder);
        var lines = new List<(StageVariant Variant, StageScore Score)>();
        for (var seed = run.Get(shared.Seed); seed < run.Get(shared.Seed) + run.Get(_seeds); seed++)
        {
            foreach (var variant in Variants)
            {
                var seeded = variant with { Seed = seed, File = Path.Combine("variants", $"{variant.Name.Replace(' ', '-')}-{seed}.json") };
                run.Say($"Variant: {variant.Name}, seed {seed} …");
                var scores = await new StagesRun(run, preset, workspace, folder, seeded, shared.Compute(run)).RunAsync().ConfigureAwait(false);
                lines.Add((seeded, scores[^1]));
                Write(folder, lines);
            }
        }

        if (run.Get(shared.Json))
            run.WriteJson(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "ablation.json"), run.Cancellation).ConfigureAwait(false))!);
        else
            AblationTable.Write(run.Out, lines);
        return ExitCode.Done;
    }

    private static void Write(string folder, IReadOnlyList<(StageVariant Variant, StageScore Score)> lines)
    {
        var json = new JsonArray([.. lines.Select(l =>
        {
            var line = l.Score.ToJson();
            (line["variant"], line["seed"]) = (l.Variant.Name, l.Variant.Seed);
            return (JsonNode)line;
        })]);
        AtomicFile.WriteText(Path.Combine(folder, "ablation.json"), json.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
    }
}
