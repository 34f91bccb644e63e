using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A source table brought into chart columns, in subject and file order: what remains of it after the first step of a build.</summary>
/// <param name="Table">How the table is read.</param>
/// <param name="Path">The staged Parquet file.</param>
/// <param name="Sha256">The source file's hash.</param>
/// <param name="Counts">What became of its rows.</param>
/// <param name="Skipped">Rows left out because they do not fit, as places.</param>
internal sealed record StagedTable(MimicTable Table, string Path, string Sha256, TableCounts Counts, IReadOnlyList<string> Skipped)
{
    private static string NoteOf(string path) => System.IO.Path.ChangeExtension(path, ".json");

    /// <summary>Leaves a note beside the file that it is finished.</summary>
    public void MarkFinished() => AtomicFile.WriteText(NoteOf(Path), new JsonObject
    {
        ["sha256"] = Sha256,
        ["counts"] = Counts.ToJson(),
        ["skipped"] = new JsonArray([.. Skipped.Select(s => (JsonNode)s)]),
    }.ToJsonString());

    /// <summary>Finds a table that an interrupted build finished.</summary>
    public static StagedTable? Find(MimicTable table, string path)
    {
        if (!File.Exists(path) || !File.Exists(NoteOf(path)))
            return null;
        var note = JsonNode.Parse(File.ReadAllText(NoteOf(path)))!.AsObject();
        return new StagedTable(table, path, (string)note["sha256"]!, TableCounts.FromJson(table.Type.Name, note["counts"]!.AsObject()), [.. note["skipped"]!.AsArray().Select(s => (string)s!)]);
    }
}
