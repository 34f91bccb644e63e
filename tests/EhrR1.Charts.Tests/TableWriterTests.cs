using DuckDB.NET.Data;

namespace EhrR1.Charts.Tests;

public sealed class TableWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    public void Finish_AnyNumberOfRows_ReadsBackWithItsTypes(int rows)
    {
        var path = _folder.PathOf("new", "t.parquet");
        using (var table = new TableWriter(path))
        {
            var text = table.Column<string?>("text");
            var number = table.Column<long?>("number");
            var time = table.Column<DateTime?>("time");
            for (int i = 0; i < rows; i++)
            {
                text.Add(i % 2 == 0 ? $"µ{i}" : null);
                number.Add(i % 3 == 0 ? null : i);
                time.Add(new DateTime(2180, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(i));
                table.EndRow();
            }

            table.Finish();
            table.Rows.ShouldBe(rows);
        }

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), count(text), coalesce(sum(number), 0)::BIGINT, max(time) FROM read_parquet('{path}')";
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)).ShouldBe((rows, (rows + 1) / 2, Enumerable.Range(0, rows).Where(i => i % 3 != 0).Sum(i => (long)i)));
        if (rows > 0)
            reader.GetDateTime(3).ShouldBe(new DateTime(2180, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddSeconds(rows - 1));
        Directory.GetFiles(_folder.PathOf("new")).ShouldBe([path]);
    }

    [Fact]
    public void Dispose_Unfinished_LeavesTheOldFileAndNoLeftover()
    {
        var path = _folder.PathOf("t.parquet");
        File.WriteAllText(path, "old");
        using (var table = new TableWriter(path))
            Fill(table, 70_000);
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_folder.FullPath).ShouldBe([path]);
    }

    [Fact]
    public void EndRow_ColumnWithoutAValue_IsAFault()
    {
        using var table = new TableWriter(_folder.PathOf("t.parquet"));
        table.Column<string?>("a").Add("x");
        table.Column<string?>("b");
        table.EndRow();
        Should.Throw<InvalidOperationException>(table.Finish).Message.ShouldContain("'b' has 0 values in 1 rows");
    }

    [Fact]
    public void Finish_FullDisk_NamesTheFileAndLeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a device that is always full.");
        var path = _folder.PathOf("t.parquet");
        File.CreateSymbolicLink(path + AtomicFile.TemporaryEnding, "/dev/full");

        var error = Should.Throw<EhrR1Exception>(() =>
        {
            using var table = new TableWriter(path);
            Fill(table, 200_000);
            table.Finish();
        });

        error.Message.ShouldContain("No space left on device");
        error.Message.ShouldContain($"({path})");
        Directory.GetFileSystemEntries(_folder.FullPath).ShouldBeEmpty();
    }

    private static void Fill(TableWriter table, int rows)
    {
        var random = new Random(1);
        var number = table.Column<long?>("number");
        for (int i = 0; i < rows; i++)
        {
            number.Add(random.NextInt64());
            table.EndRow();
        }
    }
}
