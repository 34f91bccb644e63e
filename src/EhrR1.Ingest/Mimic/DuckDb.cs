using System.Globalization;
using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Ingest;

/// <summary>A DuckDB instance in memory, with a limit after which it spills to disk.</summary>
/// <remarks>Not safe for several threads at once.</remarks>
internal sealed class DuckDb : IDisposable
{
    private static readonly TimeSpan _progressPeriod = TimeSpan.FromSeconds(0.5);
    private readonly DuckDBConnection _connection;

    /// <summary>Opens an instance.</summary>
    /// <param name="memoryBytes">The limit in bytes.</param>
    /// <param name="threads">How many threads it may use.</param>
    /// <param name="spillFolder">Where it spills to.</param>
    public DuckDb(long memoryBytes, int threads, string spillFolder)
    {
        _connection = new DuckDBConnection("DataSource=:memory:");
        _connection.Open();
        Execute($"SET memory_limit = '{(memoryBytes >> 20).ToString(CultureInfo.InvariantCulture)}MiB'");
        Execute($"SET threads = {threads}");
        Execute($"SET temp_directory = {SqlText.Literal(spillFolder)}");
        Execute("SET preserve_insertion_order = true");
        KeepProbeSide();
    }

    private DuckDb(DuckDBConnection connection) => _connection = connection;

    /// <summary>Opens a second connection to the same instance, for use by another thread.</summary>
    public DuckDb Duplicate()
    {
        var connection = _connection.Duplicate();
        connection.Open();
        var duplicate = new DuckDb(connection);
        duplicate.KeepProbeSide();
        return duplicate;
    }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="advance">Receives, twice a second, the share of it that is done, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public void Execute(string sql, Action<double>? advance = null, CancellationToken cancellationToken = default)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var watch = advance is null ? null : new Timer(_ => Report(advance), state: null, _progressPeriod, _progressPeriod);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var stop = cancellationToken.Register(command.Cancel);
            command.ExecuteNonQuery();
        }
        catch (DuckDBException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbErrors.Translate(e);
        }
    }

    public long Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        catch (DuckDBException e)
        {
            throw DuckDbErrors.Translate(e);
        }
    }

    /// <summary>Runs a query and hands its rows, one at a time, to <paramref name="read"/>.</summary>
    public void Read(string sql, Action<DuckDBDataReader> read, CancellationToken cancellationToken = default)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                read(reader);
            }
        }
        catch (DuckDBException e)
        {
            throw DuckDbErrors.Translate(e);
        }
    }

    public DuckDBAppender Appender(string table) => _connection.CreateAppender(table);

    private void Report(Action<double> advance)
    {
        // Before the statement runs, and for some statements at all, DuckDB gives −1.
        if (_connection.GetQueryProgress() is { Percentage: > 0 and <= 100 } progress)
            advance(progress.Percentage / 100);
    }

    // A lookup must be built from the small side, or rows lose the file's order and the large side lands in memory.
    private void KeepProbeSide() => Execute("SET disabled_optimizers = 'join_order,build_side_probe_side'");

    public void Dispose() => _connection.Dispose();
}
