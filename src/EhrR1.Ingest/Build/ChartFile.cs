using System.Text.Json.Nodes;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>Writes one file of the chart store out of a query, whole or not at all.</summary>
internal static class ChartFile
{
    // Small groups, so that one chart is found without reading many others.
    private const int RowGroupSize = 4_096;

    /// <summary>Writes the file and returns what a shard's note says of it.</summary>
    /// <param name="database">An instance with one thread, so that the bytes do not depend on the machine.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="query">Its rows, in their order.</param>
    /// <param name="rows">How many rows there are.</param>
    public static JsonObject Write(DuckDb database, Workspace workspace, string path, string query, long rows)
    {
        Workspace.CreateFolder(Path.GetDirectoryName(path)!);
        database.Execute($"COPY ({query}) TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroupSize})");
        AtomicFile.Commit(path);
        var file = workspace.Describe(path, rows);
        return new JsonObject { ["path"] = file.Path, ["bytes"] = file.Bytes, ["sha256"] = file.Sha256, ["rows"] = file.Rows };
    }
}
