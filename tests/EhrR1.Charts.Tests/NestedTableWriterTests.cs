using CsCheck;
using DuckDB.NET.Data;
using Parquet;

namespace EhrR1.Charts.Tests;

/// <summary>What is written is what others read.</summary>
public sealed class NestedTableWriterTests
{
    [Fact]
    public void Write_AnyRows_AreReadBackByDuckDb()
    {
        var text = Gen.OneOf(Gen.String, Gen.Const(""), Gen.Const("Ünïcode 🙂\n\t|"), Gen.Char.AlphaNumeric.Array[0, 3000].Select(c => new string(c)));
        var row = Gen.Select(text.Null(), Gen.Long.Nullable(), Gen.Int.Nullable(), text.Array[0, 20], Gen.Select(text, text).Array[1, 4], text.Null());
        row.Array[0, 50].Sample(Check, iter: 30);

        static void Check((string?, long?, int?, string[], (string, string)[], string?)[] rows)
        {
            using var folder = new TemporaryFolder();
            var path = folder.PathOf("table.parquet");
            using (var table = new NestedTableWriter(path))
            {
                var (one, big, small, list, records) = (table.Text("one"), table.Int64("big"), table.Int32("small"), table.TextList("list"), table.Records("records", "role", "content"));
                var record = table.Record("record");
                var (inText, inNumber) = (record.Text("text"), record.Int64("number"));
                foreach (var (text, whole, little, texts, pairs, member) in rows)
                {
                    one.Add(text);
                    big.Add(whole);
                    small.Add(little);
                    list.Add(texts);
                    foreach (var (role, content) in pairs)
                        records.Add(role, content);
                    inText.Add(member);
                    inNumber.Add(whole);
                    table.EndRow();
                }

                table.Finish();
            }

            Read(path, "one, big, small, list, [r.role for r in records], [r.content for r in records], record.text, record.number").ShouldBe(rows.Select(r =>
                string.Join(" / ", Whole(r.Item1), r.Item2, r.Item3, Joined(r.Item4), Joined(r.Item5.Select(p => p.Item1)), Joined(r.Item5.Select(p => p.Item2)), Whole(r.Item6), r.Item2)));
        }
    }

    [Fact]
    public async Task Write_MoreThanARowGroup_IsReadBackByDuckDbAndParquetNet()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("table.parquet");
        string[] texts = [.. Enumerable.Range(0, 120).Select(i => $"{i} " + new string((char)('a' + (i % 26)), 300_000))];
        using (var table = new NestedTableWriter(path))
        {
            var (id, messages) = (table.Int32("id"), table.Records("messages", "role", "content"));
            for (var i = 0; i < texts.Length; i++)
            {
                id.Add(i);
                messages.Add("user", texts[i]);
                messages.Add("assistant", $"{i}");
                table.EndRow();
            }

            table.Finish();
            table.Rows.ShouldBe(texts.Length);
        }

        Read(path, "id, messages[1].content, messages[2].content").ShouldBe(texts.Select((t, i) => $"{i} / {t} / {i}"));
        await using var reader = await ParquetReader.CreateAsync(path);
        reader.RowGroupCount.ShouldBe(3);
        reader.Schema.GetDataFields().Select(f => f.Path.ToString()).ShouldBe(["id", "messages/list/element/role", "messages/list/element/content"]);
        // No text of a row stands in the footer.
        var footer = File.ReadAllBytes(path)[^8..^4];
        BitConverter.ToInt32(footer).ShouldBeLessThan(2_000);
    }

    [Fact]
    public void Finish_WithoutRows_IsATableWithoutRows()
    {
        using var folder = new TemporaryFolder();
        using (var table = new NestedTableWriter(folder.PathOf("empty.parquet")))
        {
            table.Text("one");
            table.Finish();
        }

        Read(folder.PathOf("empty.parquet"), "one").ShouldBeEmpty();
    }

    [Fact]
    public void EndRow_ColumnWithoutAValue_IsNamed()
    {
        using var folder = new TemporaryFolder();
        using var table = new NestedTableWriter(folder.PathOf("t.parquet"));
        table.Text("one").Add("x");
        table.Text("two");

        Should.Throw<InvalidOperationException>(table.EndRow).Message.ShouldContain("'two'");
    }

    [Fact]
    public void Dispose_Unfinished_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        using (var table = new NestedTableWriter(folder.PathOf("t.parquet")))
        {
            var one = table.Text("one");
            for (var i = 0; i < 20; i++)
            {
                one.Add(new string('x', 1 << 20));
                table.EndRow();
            }

            File.Exists(folder.PathOf("t.parquet" + AtomicFile.TemporaryEnding)).ShouldBeTrue();
        }

        Directory.EnumerateFileSystemEntries(folder.FullPath).ShouldBeEmpty();
    }

    private static List<string> Read(string path, string columns)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET threads = 1; SELECT {columns} FROM read_parquet('{path}')";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join(" / ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i) is IEnumerable<string> texts ? Joined(texts) : reader.GetValue(i))));
        return rows;
    }

    private static string Joined(IEnumerable<string?> texts) => $"[{string.Join(';', texts.Select(Whole))}]";

    // A half of a character alone is no UTF-8 and becomes U+FFFD.
    private static string? Whole(string? text) => text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
