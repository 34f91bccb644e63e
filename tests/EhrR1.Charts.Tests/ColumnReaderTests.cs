using System.Globalization;
using DuckDB.NET.Data;

namespace EhrR1.Charts.Tests;

/// <summary>The column reader against DuckDB, cell by cell, as its plain twin.</summary>
public sealed class ColumnReaderTests : IDisposable
{
    private const int Rows = 9_000;
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public ColumnReaderTests() => _connection.Open();

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("i % 7", "BIGINT")]
    [InlineData("CASE WHEN hash(i) % 3 = 0 THEN NULL ELSE hash(i)::UBIGINT % 1000000007 END", "BIGINT")]
    [InlineData("CASE WHEN i > 4000 THEN NULL ELSE i END", "BIGINT")]
    [InlineData("CASE WHEN hash(i) % 5 = 0 THEN NULL ELSE hash(i) % 50 END", "INTEGER")]
    [InlineData("NULL", "INTEGER")]
    public void Read_WholeNumbers_AreDuckDbs(string sql, string type)
        => Check(sql, type, row => row.IsDBNull(0) ? "missing" : Convert.ToString(row.GetValue(0), CultureInfo.InvariantCulture)!, (reader, file, first, count) =>
        {
            var to = new long[count];
            reader.Read(file.Field("c"), first, to, missing: -1);
            return [.. to.Select(v => v == -1 ? "missing" : v.ToString(CultureInfo.InvariantCulture))];
        });

    [Theory]
    [InlineData("CASE WHEN hash(i) % 3 = 0 THEN NULL ELSE (hash(i) % 100000) / 7.0 END")]
    [InlineData("CASE WHEN i % 2 = 0 THEN -0.5 ELSE 12.5 END")]
    [InlineData("NULL")]
    public void Read_Numbers_AreDuckDbs(string sql)
        => Check(sql, "DOUBLE", row => row.IsDBNull(0) ? "missing" : row.GetDouble(0).ToString("R", CultureInfo.InvariantCulture), (reader, file, first, count) =>
        {
            var to = new double[count];
            reader.Read(file.Field("c"), first, to);
            return [.. to.Select(v => double.IsNaN(v) ? "missing" : v.ToString("R", CultureInfo.InvariantCulture))];
        });

    [Theory]
    [InlineData("TIMESTAMP '2150-01-01' + to_seconds((hash(i) % 90000000)::BIGINT)")]
    [InlineData("CASE WHEN hash(i) % 4 = 0 THEN NULL ELSE TIMESTAMP '1899-12-31 23:59:59' + to_minutes((i % 3)::BIGINT) END")]
    public void ReadTimes_Moments_AreDuckDbs(string sql)
        => Check(sql, "TIMESTAMP", row => row.IsDBNull(0) ? "missing" : row.GetDateTime(0).ToString("s", CultureInfo.InvariantCulture), (reader, file, first, count) =>
        {
            var to = new long[count];
            reader.ReadTimes(file.Field("c"), first, to);
            return [.. to.Select(v => v == TimeColumn.Missing ? "missing" : new DateTime(v).ToString("s", CultureInfo.InvariantCulture))];
        });

    [Theory]
    [InlineData("'Item ' || (hash(i) % 40)")]
    [InlineData("CASE WHEN hash(i) % 3 = 0 THEN NULL ELSE 'note ' || hash(i) || repeat('é𝒜', (hash(i) % 90)::INT) END")]
    [InlineData("CASE WHEN i % 2 = 0 THEN '' ELSE NULL END")]
    public void Read_Texts_AreDuckDbs(string sql)
        => Check(sql, "VARCHAR", row => row.IsDBNull(0) ? "missing" : $"'{row.GetString(0)}'", (reader, file, first, count) =>
        {
            var to = new string?[count];
            reader.Read(file.Field("c"), first, to);
            return [.. to.Select(v => v is null ? "missing" : $"'{v}'")];
        });

    [Theory]
    [InlineData("CASE hash(i) % 4 WHEN 0 THEN NULL WHEN 1 THEN []::VARCHAR[] WHEN 2 THEN ['CHEST (PA & LAT)'] ELSE ['a \"b\"', 'é', 'Item ' || i] END")]
    [InlineData("CASE WHEN i % 2 = 0 THEN []::VARCHAR[] ELSE NULL END")]
    [InlineData("NULL")]
    public void Read_Lists_AreDuckDbsAsJson(string sql)
        => Check(sql, "VARCHAR[]", row => row.IsDBNull(0) ? "missing" : row.GetString(0), (reader, file, first, count) =>
        {
            var to = new string?[count];
            reader.Read(file.Field("c"), first, to);
            return [.. to.Select(v => v ?? "missing")];
        }, "to_json(c)::VARCHAR");

    [Fact]
    public void Groups_OfOnePatient_AreThoseThatMayHoldHer()
    {
        var path = Write("subject_id BIGINT", "i // 1000");
        using var file = ChartFile.Open(path);
        file.Groups(subjectId: null).Sum(g => g.RowCount).ShouldBe(Rows);
        file.Groups(subjectId: 2).Sum(g => g.RowCount).ShouldBe(4096);
        file.Groups(subjectId: 77).ShouldBeEmpty();
    }

    private void Check(string sql, string type, Func<DuckDBDataReader, string> plain, Func<ColumnReader, ChartFile, int, int, List<string>> read, string column = "c")
    {
        var path = Write($"subject_id BIGINT, c {type}", $"1, {sql}");
        var expected = new List<string>();
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {column} FROM read_parquet({SqlText.Literal(path)})";
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                expected.Add(plain(rows));
        }

        using var file = ChartFile.Open(path);
        var reader = new ColumnReader();
        var begin = 0;
        foreach (var group in file.Groups(subjectId: null))
        {
            reader.MoveTo(group);
            var count = (int)group.RowCount;
            read(reader, file, 0, count).ShouldBe(expected[begin..(begin + count)]);
            read(reader, file, count / 3, count / 2).ShouldBe(expected.GetRange(begin + (count / 3), count / 2));
            begin += count;
        }

        begin.ShouldBe(Rows);
    }

    // Several row groups, so that the buffers are used again.
    private string Write(string columns, string values)
    {
        var path = _folder.PathOf("t.parquet");
        using var command = _connection.CreateCommand();
        command.CommandText = $"CREATE TABLE t ({columns}); INSERT INTO t SELECT {values} FROM range({Rows}) r(i) ORDER BY i; "
            + $"COPY t TO {SqlText.Literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 4096)";
        command.ExecuteNonQuery();
        return path;
    }
}
