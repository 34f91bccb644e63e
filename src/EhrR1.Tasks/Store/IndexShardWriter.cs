using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>Writes Parquet files of the task index through a table in memory that holds one shard.</summary>
internal sealed class IndexShardWriter : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public IndexShardWriter()
    {
        _connection.Open();
        Execute("SET threads = 1");
        Execute("SET preserve_insertion_order = true");
        Execute($"CREATE TABLE rows ({string.Join(", ", TaskIndexSchema.Columns.Select(c => $"{c.Name} {c.SqlType}"))})");
        Execute("CREATE TABLE labels (task VARCHAR, label VARCHAR, samples BIGINT)");
    }

    public long WriteRows(string path, IEnumerable<TaskIndexRow> rows, LabelCounts counts)
    {
        var written = 0L;
        using (var appender = _connection.CreateAppender("rows"))
        {
            foreach (var row in rows)
            {
                appender.CreateRow()
                    .AppendValue(row.Id).AppendValue(row.SubjectId).AppendValue(row.HadmId).AppendValue(row.Task).AppendValue(row.Event)
                    .AppendValue(row.AnchorTime).AppendValue(row.PredictionTime).AppendValue(row.ContextStart).AppendValue(row.ContextEnd).AppendValue(row.ContextEvents)
                    .AppendValue(row.AdmissionTime).AppendValue(row.LastDischargeNote).AppendValue(row.Target).AppendValue(counts.WeightOf(row)).AppendValue(row.Split)
                    .AppendValue(row.Echo).AppendValue(row.PatientEvents)
                    .AppendValue(row.Published?.Begin).AppendValue(row.Published?.End).AppendValue(row.Published?.Admission).AppendValue(row.Published?.LastDischarge)
                    .EndRow();
                written++;
            }
        }

        Copy("rows", path);
        return written;
    }

    public void WriteLabels(string path, LabelCounts counts)
    {
        using (var appender = _connection.CreateAppender("labels"))
        {
            foreach (var task in counts.Tasks)
            {
                foreach (var (label, samples) in counts.VocabularyOf(task))
                    appender.CreateRow().AppendValue(task).AppendValue(label).AppendValue(samples).EndRow();
            }
        }

        Copy("labels", path);
    }

    public void Dispose() => _connection.Dispose();

    private void Copy(string table, string path)
    {
        try
        {
            Execute($"COPY {table} TO {SqlText.Literal(path + AtomicFile.TemporaryEnding)} (FORMAT parquet, COMPRESSION zstd)");
            AtomicFile.Commit(path);
        }
        catch (Exception e) when (e is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception($"The task index cannot be written: {e.Message.Split('\n')[0]}", path, "Free disk space or choose a folder that you may write to, then run the command again", e);
        }

        Execute($"DELETE FROM {table}");
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
