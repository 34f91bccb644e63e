using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Writes samples as JSON: the released fields, and ours beside them.</summary>
public static class SampleJson
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Settings under which text stays readable: no escapes beyond those that JSON asks for.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one benchmark line's object.</summary>
    /// <param name="to">The writer.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="idx">The line's number in its file, from 0.</param>
    public static void WriteLine(Utf8JsonWriter to, Sample sample, long idx)
    {
        to.WriteStartObject();
        to.WriteNumber("idx", idx);
        WriteBody(to, sample);
        to.WriteEndObject();
    }

    /// <summary>Writes a sample with all that is in its input: each item with its part, its times and its fields as the text shows them.</summary>
    public static void Write(Utf8JsonWriter to, Sample sample)
    {
        to.WriteStartObject();
        WriteBody(to, sample);
        to.WriteString("prompt", sample.Prompt);
        to.WriteStartArray("items");
        var text = new ChartMarkdown(sample.Profile);
        foreach (var (part, item) in sample.Items)
            WriteItem(to, text, part, item, part == SamplePart.Demographics ? sample.Row.AnchorTime : sample.Row.PredictionTime);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter to, Sample sample)
    {
        var row = sample.Row;
        to.WriteString("id", row.Id);
        to.WriteNumber("subject_id", row.SubjectId);
        if (row.HadmId is { } hadm)
            to.WriteNumber("hadm_id", hadm);
        else
            to.WriteNull("hadm_id");
        WriteTime(to, "prediction_time", row.PredictionTime);
        to.WriteString("instruction", sample.Instruction);
        to.WriteString("input", sample.Input);
        to.WriteString("output", sample.Output);
        WriteTexts(to, "candidates", sample.Candidates);
        WriteTaskInfo(to, row);
    }

    private static void WriteTaskInfo(Utf8JsonWriter to, TaskIndexRow row)
    {
        var task = row.Definition;
        to.WriteStartObject("task_info");
        to.WriteString("task", task.Name);
        to.WriteString("event", row.Event);
        to.WriteString("task_type", task.TaskType);
        to.WriteString("metric", task.Metric);
        to.WriteString("target_key", task.TargetKey);
        WriteTexts(to, "bid_event", task.ExcludedEvents);
        to.WriteString("target", row.Target);
        if (task.Kind == TaskKind.Risk)
            to.WriteString("label", row.Labels[0]);
        else
            WriteTexts(to, "label", row.Labels);
        WriteTime(to, "anchor_time", row.AnchorTime);
        WriteTime(to, "context_start", row.ContextStart);
        WriteTime(to, "context_end", row.ContextEnd);
        to.WriteNumber("context_events", row.ContextEvents);
        to.WriteString("split", row.Split);
        to.WriteBoolean("echo", row.Echo);
        to.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter to, ChartMarkdown text, SamplePart part, EventItem item, DateTime moment)
    {
        to.WriteStartObject();
        to.WriteString("part", part switch
        {
            SamplePart.Demographics => "demographics",
            SamplePart.LastDischarge => "last_discharge",
            SamplePart.Admission => "admission",
            _ => "context",
        });
        to.WriteString("event", item.Type.Name);
        WriteTime(to, "time", item.Time);
        WriteTime(to, "visible_from", item.VisibleFrom);
        to.WriteStartObject("fields");
        foreach (var field in item.Type.Fields)
        {
            if (text.ReadableText(item, field, moment) is { } value)
                to.WriteString(field.Name, value);
            else
                to.WriteNull(field.Name);
        }

        to.WriteEndObject();
        to.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter to, string name, IReadOnlyList<string> texts)
    {
        to.WriteStartArray(name);
        foreach (var text in texts)
            to.WriteStringValue(text);
        to.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter to, string name, DateTime? time)
    {
        if (time is { } value)
            to.WriteString(name, value.ToString(TimeFormat, CultureInfo.InvariantCulture));
        else
            to.WriteNull(name);
    }
}
