using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The files of a fitted baseline: <c>prior.json</c>, and for the trees <c>gbm/&lt;task&gt;.json</c> and <c>gbm/&lt;task&gt;.txt</c>.</summary>
/// <remarks>The text file holds one model in LightGBM's format a label, each behind a line <c>### n</c>.</remarks>
internal static class BaselineFiles
{
    private const string PriorFile = "prior.json";
    private const string TreesFolder = "gbm";
    private const string Separator = "### ";

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void WritePriors(string folder, IEnumerable<TaskPrior> priors)
        => AtomicFile.WriteText(Path.Combine(folder, PriorFile), JsonSerializer.Serialize(priors.OrderBy(p => p.Task, StringComparer.Ordinal), _json) + "\n");

    public static PriorModel ReadPriors(string folder) => new(Read<TaskPrior[]>(Path.Combine(folder, PriorFile)));

    public static void WriteTrees(string folder, TaskTrees trees)
    {
        var path = Path.Combine(folder, TreesFolder, trees.Record.Task);
        var text = new StringBuilder();
        for (var i = 0; i < trees.Models.Count; i++)
            text.Append(Separator).Append(i).Append('\n').Append(trees.Models[i].TrimEnd('\n')).Append('\n');
        AtomicFile.WriteText(path + ".txt", text.ToString());
        AtomicFile.WriteText(path + ".json", JsonSerializer.Serialize(trees.Record, _json) + "\n");
    }

    public static IEnumerable<TaskTrees> ReadTrees(string folder)
    {
        var trees = Path.Combine(folder, TreesFolder);
        if (!Directory.Exists(trees))
            yield break;
        foreach (var path in Directory.EnumerateFiles(trees, "*.json").Order(StringComparer.Ordinal))
        {
            var models = ("\n" + File.ReadAllText(Path.ChangeExtension(path, ".txt"))).Split("\n" + Separator, StringSplitOptions.RemoveEmptyEntries);
            yield return new TaskTrees(Read<TaskTreesRecord>(path), [.. models.Select(m => m[(m.IndexOf('\n') + 1)..])]);
        }
    }

    private static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), _json) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"A fitted baseline cannot be read: {e.Message}", path, "Delete the run's folder 'model' and start the run again", e);
        }
    }
}
