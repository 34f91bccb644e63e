using DuckDB.NET.Data;
using EhrR1.Charts;

namespace EhrR1.Knowledge;

/// <summary>The files that <see cref="ConceptBuild"/> writes into its folder.</summary>
public static class ConceptFiles
{
    /// <summary>The different terms with their concepts.</summary>
    public const string Terms = "terms.parquet";

    /// <summary>The concepts of a shard's events.</summary>
    public static string FileOf(int shard) => $"{shard:0000}.parquet";

    /// <summary>Reads what the free texts of a shard assert.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shard">The shard.</param>
    /// <exception cref="EhrR1Exception">The file is missing or damaged.</exception>
    public static NoteTerms ReadNotes(string folder, int shard)
    {
        var path = Path.Combine(folder, FileOf(shard));
        try
        {
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT subject_id, position, term, visible_from, arg_min(text, start) FROM read_parquet({SqlText.Literal(path)}) WHERE kind = '{nameof(TermKind.Note)}' AND marks IS NULL GROUP BY ALL ORDER BY ALL";
            using var reader = command.ExecuteReader();
            var terms = new List<(long, int, string, DateTime?, string)>();
            while (reader.Read())
                terms.Add((reader.GetInt64(0), reader.GetInt32(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetDateTime(3), reader.GetString(4)));
            return terms.Count == 0 ? NoteTerms.None : new NoteTerms(terms);
        }
        catch (DuckDBException e)
        {
            throw new EhrR1Exception($"The concepts of the charts cannot be read: {e.Message.Split('\n')[0]}", path, "Find them again with 'ehr-r1 concepts'", e);
        }
    }
}
