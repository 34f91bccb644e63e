using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EhrR1.Reasoning;

namespace EhrR1.Cli;

/// <summary>Counts what an instruction set holds.</summary>
internal sealed class InsStats(InsOptions shared) : InsAction("stats")
{
    private static readonly JsonSerializerOptions _snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Option<int> _top = CommonOptions.Count("--top", "Stats: how many labels of each task are named, the most frequent.", 10);

    public override IReadOnlyList<Option> Options => [_top];

    public override Task<int> RunAsync(CommandRun run, string folder)
    {
        var stats = InstructionStatsReader.Read(folder, run.Get(_top), run.Cancellation);
        if (run.Get(shared.Json))
            run.WriteJson(JsonOf(stats));
        else
            InstructionStatsText.Write(run.Out, stats);
        return Task.FromResult(ExitCode.Done);
    }

    private static JsonObject JsonOf(InstructionStats stats)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(stats, _snake)!;
        for (var i = 0; i < stats.Tasks.Count; i++)
            json["tasks"]![i]!["labels"] = new JsonObject(stats.Tasks[i].Labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value)));
        return json;
    }
}
