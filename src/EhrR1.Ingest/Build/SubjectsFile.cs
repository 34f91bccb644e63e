using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Writes the file that names each patient's shard and size.</summary>
internal static class SubjectsFile
{
    /// <summary>Writes the file and returns all files of the chart store.</summary>
    public static IReadOnlyList<OutputFile> Write(Workspace workspace, string path, List<JsonObject> notes)
    {
        using var database = new DuckDb(512L << 20, threads: 1, workspace.PathOf("staging", "spill"));
        database.Execute("CREATE TABLE subject (subject_id BIGINT, shard INTEGER, events INTEGER, items INTEGER, types INTEGER)");
        var count = 0;
        using (var appender = database.Appender("subject"))
        {
            for (var shard = 0; shard < notes.Count; shard++)
            {
                foreach (var subject in notes[shard]["subjects"]!.AsArray())
                {
                    appender.CreateRow().AppendValue((long)subject![0]!).AppendValue(shard).AppendValue((int)(long)subject[1]!).AppendValue((int)(long)subject[2]!).AppendValue((int)(long)subject[3]!).EndRow();
                    count++;
                }
            }
        }

        database.Execute($"COPY subject TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION zstd)");
        AtomicFile.Commit(path);
        var files = notes.SelectMany(n => n["files"]!.AsArray()).Select(f => new OutputFile((string)f!["path"]!, (long)f["bytes"]!, (string)f["sha256"]!, (long)f["rows"]!));
        return [workspace.Describe(path, count), .. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }
}
