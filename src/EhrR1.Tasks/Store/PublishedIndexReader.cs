using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Reads the samples that a source brought with it, shard by shard.</summary>
internal static class PublishedIndexReader
{
    /// <summary>Whether a workspace's source brought its own samples.</summary>
    public static bool Exists(Workspace workspace) => Directory.Exists(workspace.PathOf(PublishedIndexSchema.Folder));

    /// <summary>The samples of a shard by patient, each patient's in the order of the chart.</summary>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static ILookup<long, PublishedSample> Read(Workspace workspace, int shard)
    {
        var path = workspace.PathOf(PublishedIndexSchema.Folder, PublishedIndexSchema.FileOf(shard));
        var samples = new List<PublishedSample>();
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SET threads = 1; SELECT {string.Join(", ", PublishedIndexSchema.Columns.Select(c => c.Name))} FROM read_parquet({SqlText.Literal(path)})";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var context = new PublishedContext(reader.GetInt32(4), reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetInt32(6), reader.IsDBNull(7) ? null : reader.GetInt32(7));
                samples.Add(new PublishedSample(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetString(2), reader.GetString(3), context, reader.GetString(8), reader.GetString(9), reader.GetString(10)));
            }
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"A file of the published index cannot be read: {e.Message.Split('\n')[0]}", path, "Build the charts again with 'ehr-r1 build'", e);
        }

        return samples.ToLookup(s => s.SubjectId);
    }
}
