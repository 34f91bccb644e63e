using DuckDB.NET.Data;

namespace EhrR1.Reasoning.Tests;

/// <summary>Reads files of data sets back as others do: by DuckDB, every column as text.</summary>
internal static class Rows
{
    public static List<string[]> Of(string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "NULL" : $"{reader.GetValue(i)}")]);
        return rows;
    }

    /// <summary>The names and types of a file's columns.</summary>
    public static string Columns(string files) => string.Join('\n', Of($"DESCRIBE SELECT * FROM '{files}'").Select(c => $"{c[0]} {c[1]}"));
}
