using System.Text;
using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Reasoning;
using EhrR1.Tasks;

namespace EhrR1.Rewards.Benchmarks;

/// <summary>Completions as a policy writes them, about 600 tokens each, and of a workspace's samples narrated chains.</summary>
internal static class Bodies
{
    private const string Step = "A sodium of 117 mEq/L is low, and the patient takes lasix, which is Furosemide; Furosemide may treat Heart failure, which may be treated by Spironolactone. ";

    /// <summary>Items without samples: completion, right answer, task.</summary>
    public static List<Dictionary<string, object>> Plain()
    {
        var items = new List<Dictionary<string, object>>();
        for (int i = 0; i < 64; i++)
        {
            var text = new StringBuilder("<think>\n## Extraction\n");
            for (int e = 0; e < 8; e++)
                text.Append("**Labotary Test Events [2150-03-10 0").Append(e).Append(":00:00]**: Sodium was 117.0 mEq/L (reference range 133 to 145).\n");
            text.Append("\n## Reasoning\n").Insert(text.Length, Step, 10).Append("\n\n## Final Results\nSpironolactone\nDigoxin\n</think>\n\n");
            for (int a = 0; a <= i % 5; a++)
                text.Append(a == 0 ? "Spironolactone\n" : $"Drug {a}\n");
            items.Add(new() { ["completion"] = text.ToString(), ["ground_truth"] = "[\"Spironolactone\",\"Digoxin\",\"Drug 2\"]", ["task"] = "prescriptions" });
        }

        return items;
    }

    /// <summary>Items of samples that have graphs, each with its narrated chain.</summary>
    public static List<Dictionary<string, object>> Narrated(string folder, int most)
    {
        using var workspace = Workspace.Open(folder);
        var items = new List<Dictionary<string, object>>();
        var narrator = new Narrator();
        foreach (var (sample, graph) in TaughtSamples.Read(workspace, workspace.PathOf("graphs"), SplitNames.Train))
        {
            if (graph is null || narrator.Tell(sample, graph) is not { } chain)
                continue;
            items.Add(new()
            {
                ["completion"] = $"<think>\n{chain.Chain}\n</think>\n\n{sample.Output}",
                ["ground_truth"] = TaskTarget.ToJson(TaskKind.Decision, sample.Labels),
                ["task"] = sample.Task.Name,
                ["id"] = sample.Id,
            });
            if (items.Count == most)
                break;
        }

        return items;
    }

    public static byte[] Single(Dictionary<string, object> item) => Load.Request(JsonSerializer.Serialize(item));

    /// <summary>A batch of completions of one prompt.</summary>
    public static byte[] Group(Dictionary<string, object> item, int count) => Load.Request(JsonSerializer.Serialize(new { items = Enumerable.Repeat(item, count) }));
}
