using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>Writes and reads thinking graphs as JSON, one object a graph.</summary>
public static class GraphJson
{
    private static readonly JsonSerializerOptions _lines = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new ChartTime() },
    };

    private static readonly JsonSerializerOptions _indented = new(_lines) { WriteIndented = true };

    /// <summary>Writes a graph on one line.</summary>
    public static string ToLine(ThinkingGraph graph) => JsonSerializer.Serialize(graph, _lines);

    /// <summary>Writes a graph over several lines.</summary>
    public static string ToText(ThinkingGraph graph) => JsonSerializer.Serialize(graph, _indented);

    /// <summary>Reads a graph.</summary>
    /// <exception cref="EhrR1Exception">The text is no graph.</exception>
    public static ThinkingGraph Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ThinkingGraph>(json, _lines) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new EhrR1Exception($"A thinking graph cannot be read: {e.Message}", null, "Make the graphs again with 'ehr-r1 graph'", e);
        }
    }

    /// <summary>Times as charts write them.</summary>
    private sealed class ChartTime : JsonConverter<DateTime>
    {
        private const string Format = "yyyy-MM-dd HH:mm:ss";

        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTime.TryParseExact(reader.GetString(), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw new JsonException($"A time is not of the form {Format}.");

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
    }
}
