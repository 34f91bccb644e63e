using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EhrR1.Charts;

namespace EhrR1.Training;

/// <summary>Writes what the server answers.</summary>
internal static class RewardReplies
{
    private static readonly JsonSerializerOptions _settings = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>The rewards of a request: one object, or a list in the order of the items.</summary>
    public static void Rewards(IBufferWriter<byte> to, IReadOnlyList<RewardScore> scores, bool isBatch)
    {
        using var json = new Utf8JsonWriter(to);
        if (!isBatch)
        {
            Write(json, scores[0]);
            return;
        }

        json.WriteStartObject();
        json.WriteStartArray("rewards");
        foreach (var score in scores)
            Write(json, score);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>An error, with the items that it is about.</summary>
    public static void Error(IBufferWriter<byte> to, string message, IReadOnlyList<RewardItemFault> items)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        if (items.Count > 0)
        {
            json.WriteStartArray("items");
            foreach (var fault in items)
            {
                json.WriteStartObject();
                json.WriteNumber("item", fault.Item);
                if (fault.Id is not null)
                    json.WriteString("id", fault.Id);
                json.WriteString("message", fault.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>How the server does: what it has scored, and the mean of each term.</summary>
    public static void Health(IBufferWriter<byte> to, RewardTally tally, int inFlight)
    {
        var (requests, failed, terms) = tally.Read();
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteNumber("requests", requests);
        json.WriteNumber("failed", failed);
        json.WriteNumber("in_flight", inFlight);
        json.WriteStartObject("terms");
        foreach (var (name, mean, count) in terms)
        {
            json.WriteStartObject(name);
            json.WriteNumber("mean", mean);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The program's version and the settings, so that a run can record what it was rewarded by.</summary>
    public static void Version(IBufferWriter<byte> to, RewardOptions options, bool hasWorkspace)
    {
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("program", "ehr-r1 reward serve");
        json.WriteString("version", Workspace.ProgramVersion);
        json.WriteBoolean("workspace", hasWorkspace);
        json.WritePropertyName("settings");
        JsonSerializer.SerializeToNode(options, _settings)!.WriteTo(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RewardScore score)
    {
        json.WriteStartObject();
        json.WriteNumber("reward", score.Total);
        json.WriteStartObject("terms");
        foreach (var (name, value) in score.Terms.Named())
            json.WriteNumber(name, value);
        json.WriteEndObject();
        if (score.Terms.Measures is { } measures)
        {
            json.WriteStartObject("measures");
            foreach (var (name, value) in measures.Named())
            {
                if (!double.IsNaN(value))
                    json.WriteNumber(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
