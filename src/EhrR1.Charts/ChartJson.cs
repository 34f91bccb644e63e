using System.Globalization;
using System.Text.Json;

namespace EhrR1.Charts;

/// <summary>Writes charts as JSON: every event with its items, their fields, attributes and times.</summary>
public static class ChartJson
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>Writes a chart as one JSON object: <c>subject_id</c>, <c>events</c>.</summary>
    public static void Write(Utf8JsonWriter to, PatientChart chart, IEnumerable<ClinicalEvent>? events = null)
    {
        to.WriteStartObject();
        to.WriteNumber("subject_id", chart.SubjectId);
        to.WriteStartArray("events");
        foreach (var e in events ?? chart.Events)
            Write(to, e);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>Writes one event as a JSON object: position, type, start, end, stays, items.</summary>
    public static void Write(Utf8JsonWriter to, ClinicalEvent @event)
    {
        to.WriteStartObject();
        to.WriteNumber("position", @event.Position);
        to.WriteString("event", @event.Type.Name);
        WriteTime(to, "start", @event.Start);
        WriteTime(to, "end", @event.End);
        WriteId(to, "hadm_id", @event.HadmId);
        WriteId(to, "stay_id", @event.StayId);
        to.WriteStartArray("items");
        foreach (var item in @event)
            Write(to, item);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    /// <summary>Writes one item as a JSON object: <c>time</c>, <c>visible_from</c>, then its columns; missing ones are <c>null</c>.</summary>
    public static void Write(Utf8JsonWriter to, EventItem item)
    {
        to.WriteStartObject();
        WriteTime(to, "time", item.Time);
        WriteTime(to, "visible_from", item.VisibleFrom);
        foreach (var column in item.Type.Columns)
            WriteValue(to, item, column);
        to.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter to, EventItem item, EventField column)
    {
        if (item.IsMissing(column))
        {
            to.WriteNull(column.Column);
            return;
        }

        switch (column.Kind)
        {
            case FieldKind.Number when double.IsFinite(item.Number(column)!.Value):
                to.WriteNumber(column.Column, item.Number(column)!.Value);
                break;
            case FieldKind.Integer:
                to.WriteNumber(column.Column, item.Integer(column)!.Value);
                break;
            case FieldKind.Time:
                WriteTime(to, column.Column, item.Moment(column));
                break;
            case FieldKind.Labels:
                to.WritePropertyName(column.Column);
                to.WriteRawValue(item.Text(column)!);
                break;
            default:
                to.WriteString(column.Column, ChartMarkdown.TextOf(item, column));
                break;
        }
    }

    private static void WriteTime(Utf8JsonWriter to, string name, DateTime? time)
    {
        if (time is { } value)
            to.WriteString(name, value.ToString(TimeFormat, CultureInfo.InvariantCulture));
        else
            to.WriteNull(name);
    }

    private static void WriteId(Utf8JsonWriter to, string name, long? id)
    {
        if (id is { } value)
            to.WriteNumber(name, value);
        else
            to.WriteNull(name);
    }
}
