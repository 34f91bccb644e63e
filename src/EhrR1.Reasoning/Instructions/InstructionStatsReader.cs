using DuckDB.NET.Data;
using EhrR1.Charts;
using EhrR1.Tasks;

namespace EhrR1.Reasoning;

/// <summary>Counts what an instruction set holds; of Parquet files the texts are not even read.</summary>
public static class InstructionStatsReader
{
    /// <summary>Reads a folder's files.</summary>
    /// <param name="folder">The data set's folder, one with several data sets in it, or one with data files of several, as they are mixed for training.</param>
    /// <param name="mostLabels">How many labels of each task are named at most, the most frequent.</param>
    /// <param name="cancellationToken">Stops between two tasks.</param>
    /// <exception cref="EhrR1Exception">The folder holds no finished instruction set, or a file is missing or damaged.</exception>
    public static InstructionStats Read(string folder, int mostLabels = 10, CancellationToken cancellationToken = default)
    {
        var files = InstructionFiles.Of(folder);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        try
        {
            Run(connection, $"CREATE VIEW cases AS SELECT * FROM {files.Source}", _ => { });
            var tokens = new Dictionary<(string Kind, string Task), (long Cases, long Patients, TokenStats Tokens)>();
            Run(
                connection,
                $"SELECT coalesce(kind, ''), coalesce(task, ''), count(*), count(DISTINCT subject_id), {TokenColumns} FROM cases GROUP BY GROUPING SETS ((kind, task), ())",
                r => tokens[(r.GetString(0), r.GetString(1))] = (r.GetInt64(2), r.GetInt64(3), TokensOf(r, 4)));
            var all = tokens.GetValueOrDefault(("", ""));
            tokens.Remove(("", ""));
            var kinds = tokens.GroupBy(t => t.Key.Kind, StringComparer.Ordinal).OrderBy(k => k.Key, StringComparer.Ordinal).ToDictionary(k => k.Key, k => k.Sum(t => t.Value.Cases), StringComparer.Ordinal);
            var tasks = new List<TaskStats>();
            foreach (var (kind, task) in kinds.Keys.SelectMany(k => TaskCatalog.Tasks.Select(t => (k, t.Name))).Where(tokens.ContainsKey))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (cases, patients, lengths) = tokens[(kind, task)];
                var (distinct, labels) = LabelsOf(connection, kind, task, mostLabels);
                tasks.Add(new TaskStats(kind, task, cases, patients, lengths, distinct, labels));
            }

            string[] counters = [.. files.Manifests.Select(m => m.TokensBy).Distinct(StringComparer.Ordinal)];
            return new InstructionStats
            {
                Kind = kinds.Count == 1 ? kinds.Keys.Single() : files.Manifests is [var one] ? one.Kind : "mixed",
                Kinds = kinds,
                Cases = all.Cases,
                TokensBy = counters.Length == 1 ? counters[0] : "unknown",
                Tokens = all.Tokens,
                Tasks = tasks,
                Attrition = files.Manifests.Select(m => m.Attrition).OfType<IReadOnlyList<TaskAttrition>>().ToList() is [var steps] ? steps : null,
                Cost = files.Manifests.Any(m => m.Cost is not null) ? [.. files.Manifests.SelectMany(m => m.Cost ?? [])] : null,
            };
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The instruction set cannot be read: {e.Message.Split('\n')[0]}", folder, "Make the set again in a new folder, or restore its files", e);
        }
    }

    private const string TokenColumns = "coalesce(sum(tokens), 0)::BIGINT, coalesce(avg(tokens), 0), "
        + "coalesce(quantile_disc(tokens, 0.05), 0)::BIGINT, coalesce(quantile_disc(tokens, 0.5), 0)::BIGINT, coalesce(quantile_disc(tokens, 0.95), 0)::BIGINT, "
        + "coalesce(quantile_disc(tokens, 0.99), 0)::BIGINT, coalesce(max(tokens), 0)::BIGINT";

    private static (long Distinct, IReadOnlyList<KeyValuePair<string, long>> Labels) LabelsOf(DuckDBConnection connection, string kind, string task, int most)
    {
        var labels = new List<KeyValuePair<string, long>>();
        var distinct = 0L;
        var counted = $"SELECT label, count(*) AS cases, count(*) OVER () AS distinct_labels FROM (SELECT unnest(labels) AS label FROM cases WHERE kind = {SqlText.Literal(kind)} AND task = {SqlText.Literal(task)}) GROUP BY label";
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
