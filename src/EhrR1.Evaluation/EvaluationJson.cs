using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Evaluation;

/// <summary>How runs, scores and reports are written as JSON: snake_case, readable text, no null members.</summary>
internal static class EvaluationJson
{
    public static JsonSerializerOptions Options { get; } = Make(indented: true);

    /// <summary>One line an object.</summary>
    public static JsonSerializerOptions Lines { get; } = Make(indented: false);

    public static void Write<T>(string path, T value) => AtomicFile.WriteText(path, JsonSerializer.Serialize(value, Options) + "\n");

    /// <summary>Reads a file.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static T Read<T>(string path, string whatToDo)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new EhrR1Exception($"The file cannot be read: {e.Message}", path, whatToDo, e);
        }
    }

    private static JsonSerializerOptions Make(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
