using System.Text.Json;
using System.Text.RegularExpressions;

namespace EhrR1.Scoring;

/// <summary>Reads the items out of a list or object of JSON, out of one that was cut off, and out of a list as Python writes it.</summary>
internal static partial class JsonItems
{
    private static readonly string[] _answerNames = ["answer", "answers", "item", "items", "suggestion", "suggestions", "prediction", "predictions", "result", "results", "output"];

    /// <summary>The texts in it, or <see langword="null"/> where the text is no such thing or holds no text.</summary>
    public static List<string>? Read(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.Length < 3 || trimmed[0] is not ('[' or '{')) return null;
        var items = new List<string>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(trimmed.ToString(), new JsonDocumentOptions { AllowTrailingCommas = true });
            Add(document.RootElement, items);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Cut off (perhaps within a character, which is no text that JSON could be), or Python's. An item in brackets, such as a title, holds no quoted texts between commas.
            if (trimmed[0] == '[')
                items.AddRange(Quoted().Matches(trimmed.ToString()).Select(m => m.Groups["double"].Success ? m.Groups["double"].Value : m.Groups["single"].Value));
        }

        items.RemoveAll(string.IsNullOrWhiteSpace);
        return items.Count > 0 ? items : null;
    }

    private static void Add(JsonElement element, List<string> items)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                items.Add(element.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement member in element.EnumerateArray())
                {
                    // Of a list of objects, the first text of each: its name, not the reason given for it.
                    if (member.ValueKind == JsonValueKind.Object) AddFirstText(member, items);
                    else Add(member, items);
                }

                break;
            case JsonValueKind.Object:
                AddObject(element, items);
                break;
        }
    }

    private static void AddObject(JsonElement element, List<string> items)
    {
        JsonProperty[] members = [.. element.EnumerateObject()];
        JsonProperty[] lists = [.. members.Where(m => m.Value.ValueKind == JsonValueKind.Array)];
        JsonProperty[] named = [.. members.Where(m => _answerNames.Contains(m.Name, StringComparer.OrdinalIgnoreCase))];
        foreach (JsonProperty member in named.Length > 0 ? named : lists.Length > 0 ? lists : members) Add(member.Value, items);
    }

    private static void AddFirstText(JsonElement element, List<string> items)
    {
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String) continue;
            items.Add(member.Value.GetString()!);
            return;
        }
    }

    [GeneratedRegex(@"(?<=^\[\s*|,\s*)(?:""(?<double>(?:[^""\\\n]|\\.)*)""|'(?<single>(?:[^'\\\n]|\\.|(?<=\w)'(?=\w))*)')(?=\s*(?:,|\]|$))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
