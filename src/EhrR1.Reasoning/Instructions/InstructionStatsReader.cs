using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts what an instruction set holds; of Parquet files the texts are not even read.</summary>
public static class InstructionStatsReader
{
    /// <summary>Reads a folder's files.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <param name="mostLabels">How many labels of each task are named at most, the most frequent.</param>
    /// <param name="cancellationToken">Stops between two tasks.</param>
    /// <exception cref="EhrR1Exception">The folder holds no finished instruction set, or a file is missing or damaged.</exception>
    public static InstructionStats Read(string folder, int mostLabels = 10, CancellationToken cancellationToken = default)
    {
        var manifest = InstructionManifest.Read(folder);
        foreach (var file in manifest.Files.Where(f => !File.Exists(Path.Combine(folder, f.Path))))
            throw new EhrR1Exception("A file of the instruction set is missing", Path.Combine(folder, file.Path), "Make the set again in a new folder, or restore the file");
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        try
        {
            Run(connection, $"CREATE VIEW cases AS SELECT * FROM {Source(folder, manifest)}", _ => { });
            var tokens = new Dictionary<string, (long Cases, long Patients, TokenStats Tokens)>(StringComparer.Ordinal);
            Run(connection, $"SELECT coalesce(task, ''), count(*), count(DISTINCT subject_id), {TokenColumns} FROM cases GROUP BY ROLLUP (task)", r => tokens[r.GetString(0)] = (r.GetInt64(1), r.GetInt64(2), TokensOf(r, 3)));
            var tasks = new List<TaskStats>();
            foreach (var task in TaskCatalog.Tasks.Select(t => t.Name).Where(tokens.ContainsKey))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (cases, patients, lengths) = tokens[task];
                var (distinct, labels) = LabelsOf(connection, task, mostLabels);
                tasks.Add(new TaskStats(task, cases, patients, lengths, distinct, labels));
            }

            var all = tokens[""];
            return new InstructionStats { Kind = manifest.Kind, Cases = all.Cases, TokensBy = manifest.TokensBy, Tokens = all.Tokens, Tasks = tasks, Attrition = manifest.Attrition, Cost = manifest.Cost };
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The instruction set cannot be read: {e.Message.Split('\n')[0]}", folder, "Make the set again in a new folder, or restore its files", e);
        }
    }

    private const string TokenColumns = "coalesce(sum(tokens), 0)::BIGINT, coalesce(avg(tokens), 0), "
        + "coalesce(quantile_disc(tokens, 0.05), 0)::BIGINT, coalesce(quantile_disc(tokens, 0.5), 0)::BIGINT, coalesce(quantile_disc(tokens, 0.95), 0)::BIGINT, "
        + "coalesce(quantile_disc(tokens, 0.99), 0)::BIGINT, coalesce(max(tokens), 0)::BIGINT";

    private static string Source(string folder, InstructionManifest manifest)
    {
        var files = $"[{string.Join(", ", manifest.Files.Select(f => SqlText.Literal(Path.GetFullPath(Path.Combine(folder, f.Path)))))}]";
        var subject = manifest.Kind == "rl" ? "extra_info.subject_id" : "subject_id";
        if (manifest.Files.All(f => f.Path.EndsWith(".parquet", StringComparison.Ordinal)))
            return $"(SELECT task, labels, tokens, {subject} AS subject_id FROM read_parquet({files}))";
        var subjectColumn = manifest.Kind == "rl" ? "'extra_info': 'STRUCT(subject_id BIGINT)'" : "'subject_id': 'BIGINT'";
        // A line may hold a long record.
        return $"(SELECT task, labels, tokens, {subject} AS subject_id FROM read_json({files}, format = 'newline_delimited', maximum_object_size = 268435456, columns = {{'task': 'VARCHAR', 'labels': 'VARCHAR[]', 'tokens': 'BIGINT', {subjectColumn}}}))";
    }

    private static (long Distinct, IReadOnlyList<KeyValuePair<string, long>> Labels) LabelsOf(DuckDBConnection connection, string task, int most)
    {
        var labels = new List<KeyValuePair<string, long>>();
        var distinct = 0L;
        var counted = $"SELECT label, count(*) AS cases, count(*) OVER () AS distinct_labels FROM (SELECT unnest(labels) AS label FROM cases WHERE task = {SqlText.Literal(task)}) GROUP BY label";
        Run(connection, $"{counted} ORDER BY cases DESC, label LIMIT {most}", r =>
        {
            labels.Add(KeyValuePair.Create(r.GetString(0), r.GetInt64(1)));
            distinct = r.GetInt64(2);
        });
        return (distinct, labels);
    }

    private static TokenStats TokensOf(DuckDBDataReader reader, int first) =>
        new(reader.GetInt64(first), reader.GetDouble(first + 1), reader.GetInt64(first + 2), reader.GetInt64(first + 3), reader.GetInt64(first + 4), reader.GetInt64(first + 5), reader.GetInt64(first + 6));

    private static void Run(DuckDBConnection connection, string sql, Action<DuckDBDataReader> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            row(reader);
    }
}
