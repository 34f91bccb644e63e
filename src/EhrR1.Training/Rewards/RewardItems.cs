using System.Text.Json;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Training;

/// <summary>Reads the items of a request: one object, a list of them, or an object with the list as <c>items</c>.</summary>
internal static class RewardItems
{
    private const string DataSourcePrefix = "ehr-ins/";
    private const int LongestId = 200;

    /// <summary>The elements that are items, and whether they came as a batch.</summary>
    /// <exception cref="EhrR1Exception">The body is none of the three.</exception>
    public static (IReadOnlyList<JsonElement> Items, bool IsBatch) Of(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array)
            return ([.. body.EnumerateArray()], true);
        if (body.ValueKind != JsonValueKind.Object)
            throw new EhrR1Exception("The body is neither an item nor a list of items", null, "Send an object with completion, ground_truth and task, or {\"items\": [ … ]}");
        if (!body.TryGetProperty("items", out var items))
            return ([body], false);
        return items.ValueKind == JsonValueKind.Array
            ? ([.. items.EnumerateArray()], true)
            : throw new EhrR1Exception("\"items\" is no list", null, "Send {\"items\": [ … ]}");
    }

    /// <summary>The sample's id that an item gives, cut where it is too long to be one.</summary>
    public static string? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } text
            ? text.Length > LongestId ? text[..LongestId] : text
            : null;

    /// <summary>Reads an item.</summary>
    /// <exception cref="EhrR1Exception">A field is missing or of another kind.</exception>
    public static RewardRequest Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new EhrR1Exception("The item is no object", null, "Send an object with completion, ground_truth and task");
        var task = TaskOf(item);
        return new RewardRequest
        {
            Completion = TextOf(item, "completion"),
            Task = task,
            Labels = LabelsOf(item, task),
            SampleId = IdOf(item),
            PYes = ProbabilityOf(item),
        };
    }

    private static TaskDefinition TaskOf(JsonElement item)
    {
        // verl knows the task by the data source alone.
        var name = item.TryGetProperty("task", out _) ? TextOf(item, "task") : item.TryGetProperty("data_source", out _) ? TextOf(item, "data_source") : throw Missing("task");
        if (name.StartsWith(DataSourcePrefix, StringComparison.Ordinal))
            name = name[DataSourcePrefix.Length..];
        return TaskCatalog.TryGet(name, out var task) ? task! : throw new EhrR1Exception("\"task\" names no task", null, "Give a name of 'ehr-r1 tasks', or a data source ehr-ins/<task>");
    }

    private static IReadOnlyList<string> LabelsOf(JsonElement item, TaskDefinition task)
    {
        if (!item.TryGetProperty("ground_truth", out var truth))
            throw Missing("ground_truth");
        if (truth.ValueKind == JsonValueKind.Array)
        {
            var labels = new List<string>();
            foreach (var label in truth.EnumerateArray())
                labels.Add(label.ValueKind == JsonValueKind.String ? label.GetString()! : throw NotLabels());
            return labels;
        }

        if (truth.ValueKind != JsonValueKind.String)
            throw NotLabels();
        var text = truth.GetString()!;
        if (task.Kind == TaskKind.Risk && text is "yes" or "no")
            return TaskTarget.Of(text == "yes");
        try
        {
            return TaskTarget.Parse(text);
        }
        catch (EhrR1Exception)
        {
            throw NotLabels();
        }
    }

    private static double? ProbabilityOf(JsonElement item)
    {
        if (!item.TryGetProperty("p_yes", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double probability) ? probability : throw new EhrR1Exception("\"p_yes\" is no number", null, "Give a number from 0 to 1, or leave it out");
    }

    private static string TextOf(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out var value))
            throw Missing(name);
        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair, as a tokenizer leaves it that cuts within a character.
                throw new EhrR1Exception($"\"{name}\" is no valid text: it holds half a character", null, "Encode it as UTF-8, with a replacement for what is cut");
            }
        }

        throw new EhrR1Exception($"\"{name}\" is no text", null, "Send it as a JSON string");
    }

    private static EhrR1Exception Missing(string name) => new($"\"{name}\" is missing", null, "Send completion, ground_truth and task");

    private static EhrR1Exception NotLabels() => new("\"ground_truth\" is no list of texts", null, "Send a JSON array of strings, as a list or as a text, or yes or no for a risk");
}
