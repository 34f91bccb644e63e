using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>A sample's answer as JSON: an array of strings for decision tasks, the string <c>"yes"</c> or <c>"no"</c> for risk.</summary>
public static class TaskTarget
{
    private static readonly JsonSerializerOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    // What JSON writes as it is: printable ASCII but the quote and the backslash.
    private static readonly SearchValues<char> _plain = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(c => (char)c).Where(c => c is not '"' and not '\\')]);
    private static readonly string[] _yes = ["yes"];
    private static readonly string[] _no = ["no"];

    /// <summary>The labels of a risk answer.</summary>
    public static IReadOnlyList<string> Of(bool happened) => happened ? _yes : _no;

    /// <summary>Writes labels as JSON.</summary>
    public static string ToJson(TaskKind kind, IReadOnlyList<string> labels)
    {
        if (kind == TaskKind.Risk)
            return labels[0] == "yes" ? "\"yes\"" : "\"no\"";
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].AsSpan().ContainsAnyExcept(_plain))
                return JsonSerializer.Serialize(labels, _options);
        }

        return $"[\"{string.Join("\",\"", labels)}\"]";
    }

    /// <summary>Reads labels from JSON.</summary>
    /// <exception cref="EhrR1Exception">The text is neither an array of strings nor a string.</exception>
    public static IReadOnlyList<string> Parse(string json)
    {
        switch (json)
        {
            case "\"yes\"": return _yes;
            case "\"no\"": return _no;
        }

        try
        {
            return json.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(json)! : [JsonSerializer.Deserialize<string>(json)!];
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception("A target is no JSON array of strings", null, "Make the task index again with 'ehr-r1 build'", e);
        }
    }
}
