using System.Globalization;
using System.Text.Json.Nodes;
using EhrR1.Tasks;

namespace EhrR1.Cli;

/// <summary>The task index as text: CSV, JSON Lines, or short lines for people.</summary>
internal static class TaskIndexText
{
    private static readonly string[] _columns =
    [
        "id", "subject_id", "hadm_id", "task", "event", "anchor_time", "prediction_time", "context_start", "context_end", "context_events",
        "admission_time", "last_discharge_note", "target", "weight", "split",
    ];

    public static void WriteCsv(TextWriter to, IEnumerable<TaskIndexRow> rows)
    {
        CsvLine.Write(to, _columns);
        foreach (var row in rows)
        {
            CsvLine.Write(to, row.Id, Number(row.SubjectId), Number(row.HadmId), row.Task, row.Event, Time(row.AnchorTime), Time(row.PredictionTime), Time(row.ContextStart), Time(row.ContextEnd),
                Number(row.ContextEvents), Time(row.AdmissionTime), Time(row.LastDischargeNote), row.Target, Number(row.Weight), row.Split);
        }
    }

    public static void WriteJsonLines(CommandRun run, IEnumerable<TaskIndexRow> rows)
    {
        foreach (var row in rows)
        {
            run.WriteJsonLine(new JsonObject
            {
                ["id"] = row.Id,
                ["subject_id"] = row.SubjectId,
                ["hadm_id"] = row.HadmId,
                ["task"] = row.Task,
                ["event"] = row.Event,
                ["anchor_time"] = Time(row.AnchorTime),
                ["prediction_time"] = Time(row.PredictionTime),
                ["context_start"] = Time(row.ContextStart),
                ["context_end"] = Time(row.ContextEnd),
                ["context_events"] = row.ContextEvents,
                ["admission_time"] = Time(row.AdmissionTime),
                ["last_discharge_note"] = Time(row.LastDischargeNote),
                ["target"] = JsonNode.Parse(row.Target),
                ["weight"] = row.Weight,
                ["split"] = row.Split,
            });
        }
    }

    public static void WriteLines(TextWriter to, IEnumerable<TaskIndexRow> rows)
    {
        const int LabelsShown = 70;
        to.WriteLine($"{"id",-52}  {"prediction time",-19}  {"events",6}  {"split",-8}  target");
        foreach (var row in rows)
        {
            var labels = string.Join(" | ", row.Labels).ReplaceLineEndings(" ");
            to.WriteLine($"{row.Id,-52}  {Time(row.PredictionTime)}  {row.ContextEvents,6}  {row.Split,-8}  {(labels.Length > LabelsShown ? labels[..LabelsShown] + "…" : labels)}");
        }
    }

    private static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string? Number(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
